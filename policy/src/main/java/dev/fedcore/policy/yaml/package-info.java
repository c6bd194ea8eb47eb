/// YAML's events made into JSON values, strictly. Knows nothing of policy; callers use
/// `dev.fedcore.policy.YamlDocuments`.
///
/// Read in this order: [YamlTree], then the meaning of unquoted words.
@NullMarked
package dev.fedcore.policy.yaml;

import org.jspecify.annotations.NullMarked;

/// The habits of the house, checked on the sources and the documents of the whole repository.
///
/// Every finding names the file, the line, the rule and the remedy. There is no baseline and no
/// suppression list. Sources are read with the compiler's own parser, so whatever compiles is
/// understood; nothing here compiles, changes or runs them.
///
/// Read in this order: [Finding], [Source], [SourceRule], [Sizes], [Habits], [Documents],
/// [TidyTest].
@NullMarked
package dev.fedcore.architecture.tidy;

import org.jspecify.annotations.NullMarked;

package dev.fedcore.architecture.tidy;

import java.util.stream.Stream;

/// Looks at one source file and says what is wrong with it.
@FunctionalInterface
interface SourceRule {

  Stream<Finding> check(Source source);
}

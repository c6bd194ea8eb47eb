/// The language of conditions and reasons: the Common Expression Language, closed, typed and with
/// every limit switched on. Knows nothing of rules, bundles or decisions.
///
/// An expression sees only the variables it was compiled for, each of one type; it reads no clock,
/// no random number and nothing outside. It ends: loops run over finite lists within an iteration
/// budget, and regular expressions never backtrack.
///
/// Nothing outside this package sees the CEL library. Read in this order: [InputType],
/// [CelEnvironment], [CelExpression], [Variables].
///
/// @see <a href="https://github.com/cel-expr/cel-spec/blob/master/doc/langdef.md">CEL, language
///   definition</a>
@NullMarked
package dev.fedcore.policy.cel;

import org.jspecify.annotations.NullMarked;

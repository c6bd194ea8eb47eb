package dev.fedcore.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// How classes are written, whichever module they stand in.
final class CodeClaims {

  private CodeClaims() {}

  static Stream<Claim> all() {
    return Stream.of(
        nullMarked(),
        nobodyPrints(),
        noGenericExceptions(),
        everyOperationIsSupported(),
        sealedVariantsAreValues(),
        behaviourIsNotInherited(),
        handlersArePrivate());
  }

  private static Claim nullMarked() {
    return Claim.of(
        "every package is @NullMarked",
        classes()
            .should(
                holdThat(
                    "stand in a package whose package-info.java says @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))),
        """
        package dev.fedcore.engine.unmarked;
        class Unmarked {}
        """);
  }

  private static Claim nobodyPrints() {
    return Claim.of(
        "nobody prints: only the entry points take the standard streams and pass them in",
        noClasses()
            .that()
            .haveNameNotMatching("dev\\.fedcore\\.(cli(\\.bundle)?|server)\\.(Witness)?Main")
            .should(ACCESS_STANDARD_STREAMS),
        """
        package dev.fedcore.engine;
        class Prints {
          void hello() { System.out.println("hello"); }
        }
        """);
  }

  private static Claim noGenericExceptions() {
    return Claim.of(
        "nobody throws a generic exception",
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS,
        """
        package dev.fedcore.engine;
        class Throws {
          void fail() { throw new RuntimeException("something"); }
        }
        """);
  }

  private static Claim everyOperationIsSupported() {
    return Claim.of(
        "every operation is supported",
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(UnsupportedOperationException.class),
        """
        package dev.fedcore.engine;
        class Refuses {
          void later() { throw new UnsupportedOperationException(); }
        }
        """);
  }

  private static Claim sealedVariantsAreValues() {
    return Claim.of(
        "the variants of a sealed interface are values: records, enums, or final in all they hold",
        classes()
            .that(
                DescribedPredicate.describe(
                    "are sealed interfaces",
                    type -> type.isInterface() && type.reflect().isSealed()))
            .should(holdThat("permit only values", CodeClaims::permitsOnlyValues)),
        """
        package dev.fedcore.engine;
        public sealed interface Answer {
          final class Mutable implements Answer { int changes; }
        }
        """);
  }

  private static boolean permitsOnlyValues(JavaClass type) {
    return Arrays.stream(type.reflect().getPermittedSubclasses())
        .allMatch(variant ->
            variant.isRecord()
                || variant.isEnum()
                || variant.isSealed()
                || holdsOnlyFinals(variant));
  }

  /// A value around an array is a class, since a record would compare the array by identity.
  private static boolean holdsOnlyFinals(Class<?> variant) {
    return Arrays.stream(variant.getDeclaredFields())
        .allMatch(field -> Modifier.isFinal(field.getModifiers()));
  }

  private static Claim behaviourIsNotInherited() {
    return Claim.of(
        "behaviour is not inherited: classes are final",
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should(
                holdThat(
                    "be final or sealed",
                    type ->
                        type.getModifiers().contains(JavaModifier.FINAL)
                            || type.reflect().isSealed()
                            || type.isAssignableTo(Enum.class))),
        """
        package dev.fedcore.engine;
        class Open {}
        """);
  }

  private static Claim handlersArePrivate() {
    return Claim.of(
        "handlers are private to their package",
        noClasses()
            .that()
            .resideInAPackage("dev.fedcore.server..")
            .and()
            .areNotInterfaces()
            .and()
            .haveSimpleNameEndingWith("Handler")
            .should()
            .bePublic()
            .allowEmptyShould(true),
        """
        package dev.fedcore.server;
        public class StartRunHandler {}
        """);
  }

  private static ArchCondition<JavaClass> holdThat(String description, Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!holds.test(type)) {
          events.add(
              SimpleConditionEvent.violated(type, type.getFullName() + " does not " + description));
        }
      }
    };
  }
}

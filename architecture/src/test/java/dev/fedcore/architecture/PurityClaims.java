package dev.fedcore.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What each part of the house may touch outside itself: clocks, chance, files, sockets, libraries.
final class PurityClaims {

  private static final Set<String> CLOCKS_AND_CHANCE =
      Set.of(
          Instant.class.getName() + ".now()",
          UUID.class.getName() + ".randomUUID()",
          InstantSource.class.getName() + ".system()",
          Clock.class.getName() + ".systemUTC()",
          Clock.class.getName() + ".systemDefaultZone()",
          System.class.getName() + ".currentTimeMillis()",
          Math.class.getName() + ".random()");

  private PurityClaims() {}

  static Stream<Claim> all() {
    return Stream.of(
        kernelTouchesNothing(),
        kernelMeasuresNothing(),
        nobodyBelowTheRootsAsksTheTime(),
        engineKnowsNoLibraryOfItsNeighbours(),
        foundationsUseNoReflection(),
        only(
            "what keeps something sees java.sql",
            "java.sql..",
            "sqlite..",
            "ledger..",
            "adapters..",
            "pillars.."),
        only("one module sees the SQLite driver", "org.sqlite..", "sqlite.."),
        only("policy sees CEL", "dev.cel..", "policy.."),
        only("adapters see the mail library", "jakarta.mail..", "adapters.."),
        only("adapters see the validator of JSON Schema", "com.networknt..", "adapters.."),
        only("the entry points see picocli", "picocli..", "cli..", "server.."),
        oneClassKnowsTheHttpLibrary());
  }

  private static Claim kernelTouchesNothing() {
    return Claim.of(
        "the kernel opens no file and no socket, starts no thread and draws no random number",
        noClasses()
            .that()
            .resideInAPackage("dev.fedcore.kernel..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..",
                        "java.util.random..",
                        "java.util.concurrent..",
                        "java.security..")
                    .or(JavaClass.Predicates.type(Thread.class))
                    .or(JavaClass.Predicates.type(java.util.Random.class))),
        """
        package dev.fedcore.kernel.run;
        class Reads {
          boolean there() { return java.nio.file.Files.exists(java.nio.file.Path.of("x")); }
        }
        """);
  }

  private static Claim kernelMeasuresNothing() {
    return Claim.of(
        "the kernel measures no time",
        noClasses()
            .that()
            .resideInAPackage("dev.fedcore.kernel..")
            .should()
            .callMethod(System.class, "nanoTime"),
        """
        package dev.fedcore.kernel.run;
        class Measures {
          long now() { return System.nanoTime(); }
        }
        """);
  }

  private static Claim nobodyBelowTheRootsAsksTheTime() {
    return Claim.of(
        "time and identifiers are passed in: only the entry points ask for them",
        noClasses()
            .that()
            .haveNameNotMatching("dev\\.fedcore\\.(cli(\\.bundle)?|server)\\.(Witness)?Main")
            .should()
            .callMethodWhere(asksForTimeOrChance()),
        """
        package dev.fedcore.engine;
        class Clocked {
          java.time.Instant at() { return java.time.Instant.now(); }
        }
        """);
  }

  private static DescribedPredicate<JavaCall<?>> asksForTimeOrChance() {
    return DescribedPredicate.describe(
        "the system's clock or a random identifier",
        call -> CLOCKS_AND_CHANCE.contains(call.getTarget().getFullName()));
  }

  private static Claim engineKnowsNoLibraryOfItsNeighbours() {
    return Claim.of(
        "the engine sees no JDBC, no HTTP and no policy language",
        noClasses()
            .that()
            .resideInAPackage("dev.fedcore.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "org.sqlite..",
                "org.postgresql..",
                "java.net.http..",
                "com.sun.net.httpserver..",
                "io.helidon..",
                "dev.cel..",
                "org.snakeyaml..",
                "picocli.."),
        """
        package dev.fedcore.engine;
        class Calls { java.net.http.HttpClient client; }
        """);
  }

  private static Claim foundationsUseNoReflection() {
    return Claim.of(
        "kernel, evidence and engine use no reflection",
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.fedcore.kernel..", "dev.fedcore.evidence..", "dev.fedcore.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould()
            .callMethod(Class.class, "forName", String.class),
        """
        package dev.fedcore.engine;
        class Reflects { java.lang.reflect.Method method; }
        """);
  }

  private static Claim only(String sentence, String library, String... owners) {
    String[] packages =
        Stream.of(owners).map(owner -> "dev.fedcore." + owner).toArray(String[]::new);
    return Claim.of(
        "only " + sentence,
        noClasses()
            .that()
            .resideOutsideOfPackages(packages)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library),
        """
        package dev.fedcore.engine;
        class Outsider { %s.Thing thing; }
        ---
        package %1$s;
        public class Thing {}
        """
            .formatted(library.replace("..", ".sample")));
  }

  private static Claim oneClassKnowsTheHttpLibrary() {
    return Claim.of(
        "only the module http's server, its client and their helpers see the HTTP library",
        noClasses()
            .that()
            .haveNameNotMatching(
                "dev\\.fedcore\\.http\\."
                    + "(HttpServer|Helidon\\w*|connection\\.\\w+"
                    + "|client\\.(ServiceClient|PlatformNames))(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon.."),
        """
        package dev.fedcore.server;
        class Handles { io.helidon.sample.Thing thing; }
        ---
        package io.helidon.sample;
        public class Thing {}
        """);
  }
}

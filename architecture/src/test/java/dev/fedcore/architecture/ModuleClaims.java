package dev.fedcore.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which module may see which. Arrows point down only, and never sideways.
final class ModuleClaims {

  private static final Set<String> FOUNDATIONS = Set.of("kernel", "evidence");
  private static final Set<String> BELOW_SIBLINGS = Set.of("kernel", "evidence", "engine");

  /// Every module that ships, from the bottom up, with those of ours that it may see.
  private static final List<Module> MODULES =
      List.of(
          new Module("kernel", Set.of()),
          new Module("evidence", Set.of()),
          new Module("engine", FOUNDATIONS),
          new Module("http", BELOW_SIBLINGS),
          new Module("sqlite", Set.of("evidence")),
          new Module("policy", BELOW_SIBLINGS),
          new Module("ledger", Set.of("kernel", "evidence", "engine", "sqlite")),
          new Module("adapters", Set.of("kernel", "evidence", "engine", "sqlite")),
          new Module("pillars", Set.of("kernel", "evidence", "engine", "http", "sqlite")),
          new Module("cli", Set.of("kernel", "evidence", "engine", "policy")),
          new Module(
              "server",
              Set.of(
                  "kernel",
                  "evidence",
                  "engine",
                  "http",
                  "sqlite",
                  "policy",
                  "ledger",
                  "adapters",
                  "pillars")));

  private ModuleClaims() {}

  static Stream<Claim> all() {
    return Stream.concat(
        MODULES.stream().map(ModuleClaims::seesOnlyWhatIsBelow),
        Stream.of(
            knowsTheJdkOnly("kernel"),
            knowsTheJdkOnly("evidence"),
            noCycle(),
            pillarsTalkByHttp(),
            noTestCodeShips()));
  }

  private static Claim seesOnlyWhatIsBelow(Module module) {
    List<String> forbidden =
        MODULES.stream().map(Module::name).filter(other -> !module.maySee(other)).toList();
    String seen = module.sees().isEmpty() ? "no other module" : "only what is below it";
    return Claim.of(
        "%s sees %s".formatted(module.name(), seen),
        noClasses()
            .that()
            .resideInAPackage(packagesOf(module.name()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                forbidden.stream().map(ModuleClaims::packagesOf).toArray(String[]::new))
            .allowEmptyShould(true),
        """
        package dev.fedcore.%1$s;
        class Sideways {
          Object seen() { return new dev.fedcore.%2$s.Other(); }
        }
        ---
        package dev.fedcore.%2$s;
        public class Other {}
        """
            .formatted(module.name(), forbidden.getFirst()));
  }

  private static Claim knowsTheJdkOnly(String module) {
    return Claim.of(
        "%s knows the JDK and JSpecify, and nothing else".formatted(module),
        classes()
            .that()
            .resideInAPackage(packagesOf(module))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(packagesOf(module), "java..", "javax.crypto..", "org.jspecify.."),
        """
        package dev.fedcore.%s;
        class Logging {
          static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("x");
        }
        """
            .formatted(module));
  }

  private static Claim noCycle() {
    return Claim.of(
        "packages form no cycle",
        slices().matching("dev.fedcore.(**)").should().beFreeOfCycles(),
        """
        package dev.fedcore.kernel.one;
        public class One { dev.fedcore.kernel.two.Two two; }
        ---
        package dev.fedcore.kernel.two;
        public class Two { dev.fedcore.kernel.one.One one; }
        """);
  }

  private static Claim pillarsTalkByHttp() {
    return Claim.of(
        "pillars never import each other",
        slices()
            .matching("dev.fedcore.pillars.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true),
        """
        package dev.fedcore.pillars.bucket;
        public class Bucket { dev.fedcore.pillars.karma.Karma karma; }
        ---
        package dev.fedcore.pillars.karma;
        public class Karma {}
        """);
  }

  private static Claim noTestCodeShips() {
    return Claim.of(
        "nothing that ships sees the test fixtures",
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fedcore.testing..", "org.junit..", "org.assertj.."),
        """
        package dev.fedcore.engine;
        class Shipped { org.junit.jupiter.api.Test test; }
        """);
  }

  private static String packagesOf(String module) {
    return "dev.fedcore." + module + "..";
  }

  private record Module(String name, Set<String> sees) {

    boolean maySee(String other) {
      return name.equals(other) || sees.contains(other);
    }
  }
}

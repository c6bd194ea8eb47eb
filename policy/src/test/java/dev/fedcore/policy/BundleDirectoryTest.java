package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.BundleDirectory.Change;
import dev.fedcore.policy.BundleDirectory.Change.Activated;
import dev.fedcore.policy.BundleDirectory.Change.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDirectoryTest {

  @TempDir private Path directory;

  private final CelPolicyEngine engine = new CelPolicyEngine(() -> 0);

  private static String saying(String id, String workflow, String reason) {
    return text(
        id,
        """
        applies_to: [%s]
        rules:
        - {id: r, decision: allow, tier: 0, when: true, reason: "'%s'"}
        """
            .formatted(workflow, reason));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private BundleDirectory bundles() {
    return new BundleDirectory(directory, engine);
  }

  private static Activated activated(String text) {
    PolicyBundle bundle = Bundles.sound(text);
    return new Activated(bundle.policyId(), bundle.version(), bundle.hash());
  }

  private String reason(String workflow) {
    return engine.decide(Questions.task(workflow, JsonObject.EMPTY)).reason();
  }

  private static String problem(Change change) {
    return switch (change) {
      case Activated activated -> throw new AssertionError(activated);
      case Kept kept -> kept.policyId() + ": " + kept.problems().getFirst();
    };
  }

  @Nested
  class A_file {

    @Test
    void is_activated_once() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("a", "w", "one"));

      assertThat(bundles.refresh()).containsExactly(activated(saying("a", "w", "one")));
      assertThat(reason("w")).isEqualTo("one");
      assertThat(bundles.refresh()).isEmpty();
    }

    @Test
    void is_activated_again_when_its_content_changes() throws IOException {
      var bundles = bundles();
      write("a.yml", saying("a", "w", "one"));
      bundles.refresh();
      write("a.yml", saying("a", "w", "two"));

      assertThat(bundles.refresh()).containsExactly(activated(saying("a", "w", "two")));
      assertThat(reason("w")).isEqualTo("two");
    }

    @Test
    void may_be_json() throws IOException {
      write(
          "a.json",
          new String(
              Bundles.sound(saying("a", "w", "one")).document().canonicalBytes(),
              StandardCharsets.UTF_8));

      assertThat(bundles().refresh()).containsExactly(activated(saying("a", "w", "one")));
    }

    @Test
    void that_is_rejected_leaves_the_last_good_one_in_force() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("a", "w", "one"));
      bundles.refresh();
      write("a.yaml", saying("a", "w", "two") + "tests:\n- {name: t, expect: {decision: deny}}\n");

      assertThat(bundles.refresh())
          .singleElement()
          .extracting(BundleDirectoryTest::problem)
          .asString()
          .startsWith("a: /tests/0: test \"t\" fails: decision should be deny, is allow");
      assertThat(reason("w")).isEqualTo("one");
      assertThat(bundles.refresh()).isEmpty();
    }

    @Test
    void that_was_never_good_is_named_by_its_file() throws IOException {
      write("a.yaml", "nonsense: true");

      assertThat(bundles().refresh())
          .singleElement()
          .extracting(BundleDirectoryTest::problem)
          .isEqualTo("a.yaml: /apiVersion: must be a string, is missing");
      assertThat(engine.decide(Questions.task("w", JsonObject.EMPTY)).verdict())
          .isEqualTo(Verdict.DENY);
    }

    @Test
    void that_comes_back_to_what_is_in_force_is_reported_again() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("a", "w", "one"));
      bundles.refresh();
      write("a.yaml", "broken: [");
      bundles.refresh();
      write("a.yaml", saying("a", "w", "one"));

      assertThat(bundles.refresh()).containsExactly(activated(saying("a", "w", "one")));
    }

    @Test
    void that_is_gone_leaves_its_bundle_in_force_and_says_so_once() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("a", "w", "one"));
      bundles.refresh();
      Files.delete(directory.resolve("a.yaml"));

      assertThat(bundles.refresh())
          .singleElement()
          .extracting(BundleDirectoryTest::problem)
          .isEqualTo("a: a.yaml is gone; its bundle decides until the next start");
      assertThat(bundles.refresh()).isEmpty();
      assertThat(reason("w")).isEqualTo("one");
    }

    @Test
    void may_be_renamed() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("a", "w", "one"));
      bundles.refresh();
      Files.move(directory.resolve("a.yaml"), directory.resolve("b.yaml"));

      assertThat(bundles.refresh()).containsExactly(activated(saying("a", "w", "one")));
    }

    @Test
    void of_another_kind_is_left_alone() throws IOException {
      write("README.md", "not a bundle");
      write(".hidden.yaml", "not a bundle");
      write("a.yaml~", "not a bundle");
      Files.createDirectory(directory.resolve("directory.yaml"));

      assertThat(bundles().refresh()).isEmpty();
    }

    @Test
    void that_is_too_large_is_rejected() throws IOException {
      write("a.yaml", "#".repeat((1 << 20) + 1));

      assertThat(bundles().refresh())
          .singleElement()
          .extracting(BundleDirectoryTest::problem)
          .asString()
          .contains("at most 1,048,576 fit");
    }
  }

  @Nested
  class Two_files {

    @Test
    void with_the_same_policy_are_both_rejected_by_name() throws IOException {
      write("a.yaml", saying("same", "w", "one"));
      write("b.yaml", saying("same", "w", "two"));

      assertThat(bundles().refresh())
          .extracting(BundleDirectoryTest::problem)
          .containsExactly(
              "same: a.yaml and b.yaml both hold it", "same: b.yaml and a.yaml both hold it");
      assertThat(engine.decide(Questions.task("w", JsonObject.EMPTY)).verdict())
          .isEqualTo(Verdict.DENY);
    }

    @Test
    void with_the_same_policy_leave_the_first_in_force_until_one_is_gone() throws IOException {
      var bundles = bundles();
      write("a.yaml", saying("same", "w", "one"));
      bundles.refresh();
      write("b.yaml", saying("same", "w", "two"));
      bundles.refresh();

      assertThat(reason("w")).isEqualTo("one");
      Files.delete(directory.resolve("a.yaml"));
      assertThat(bundles.refresh()).containsExactly(activated(saying("same", "w", "two")));
      assertThat(reason("w")).isEqualTo("two");
    }

    @Test
    void with_the_same_workflow_leave_the_first_in_force() throws IOException {
      write("a.yaml", saying("a", "w", "one"));
      write("b.yaml", saying("b", "w", "two"));

      assertThat(bundles().refresh())
          .last()
          .extracting(BundleDirectoryTest::problem)
          .asString()
          .startsWith("b: /applies_to: policy a decides about workflow w already");
      assertThat(reason("w")).isEqualTo("one");
    }
  }

  @Test
  void a_directory_that_is_not_there_is_reported_once_and_again_after_it_was() throws IOException {
    Path missing = directory.resolve("later");
    var bundles = new BundleDirectory(missing, engine);

    assertThat(bundles.refresh())
        .singleElement()
        .extracting(BundleDirectoryTest::problem)
        .asString()
        .endsWith("the directory cannot be read; check that it is there");
    assertThat(bundles.refresh()).isEmpty();
    Files.createDirectory(missing);
    assertThat(bundles.refresh()).isEmpty();
    Files.delete(missing);
    assertThat(bundles.refresh()).hasSize(1);
  }
}

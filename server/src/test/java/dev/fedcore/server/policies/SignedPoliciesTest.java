package dev.fedcore.server.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.signature.PolicyKeys;
import dev.fedcore.policy.signature.SignedText;
import dev.fedcore.server.Bundles;
import dev.fedcore.server.Extensions;
import dev.fedcore.server.Served;
import dev.fedcore.server.Served.Answer;
import dev.fedcore.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that takes bundles only with a signature, and what becomes of those it has.
class SignedPoliciesTest {

  private static final NoteSigner OPS = NoteSigner.generate("ops.example/policy");
  private static final NoteSigner RISK = NoteSigner.generate("risk.example/policy");

  @TempDir private Path data;

  private Served server(Optional<PolicyKeys> keys) {
    return server(keys, Optional.empty());
  }

  private Served server(Optional<PolicyKeys> keys, Optional<Path> directory) {
    Extensions plain = Served.extensions();
    var extensions =
        new Extensions(
            plain.policies(),
            plain.subscriptions(),
            plain.destinations(),
            plain.pillars(),
            plain.people(),
            plain.acting(),
            plain.tracing(),
            keys,
            plain.witnesses());
    var config = new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), directory, false);
    return Served.with(config, extensions, InstantSource.system());
  }

  private static Optional<PolicyKeys> trusted(NoteSigner signer, Digest... revoked) {
    return Optional.of(
        new PolicyKeys(List.of(NoteVerifier.parse(signer.verifierKey())), Set.of(revoked)));
  }

  /// The bundle of these tests in a version of its own; tasks of that title are denied.
  private static String bundle(String version, String denied) {
    return Bundles.text()
        .replace("version: 1.0.0", "version: " + version)
        .replace("== 'deny'", "== '%s'".formatted(denied));
  }

  private static PolicyBundle loaded(String text) {
    return switch (BundleLoader.load(text.getBytes(UTF_8))) {
      case LoadResult.Loaded(var bundle, var _) -> bundle;
      case LoadResult.Rejected(var problems) -> throw new AssertionError(problems);
    };
  }

  private static String signed(String text, NoteSigner signer) {
    String note = signer.sign(loaded(text).note().text());
    String line = Note.parse(note.getBytes(UTF_8)).signatures().getFirst().text().strip();
    return SignedText.yaml(text, List.of(line));
  }

  private static Answer post(Served server, String path, String text) {
    return server.post(path, text, "Content-Type", "application/yaml");
  }

  private static void assertRefused(Served server, String text, String pointer, String why) {
    for (String path : List.of("/policies", "/policies/check")) {
      Answer answer = post(server, path, text);

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text("/code")).isEqualTo("POLICY_REJECTED");
      assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
      assertThat(answer.text("/errors/0/detail")).contains(why);
    }
  }

  @Nested
  class With_keys {

    @Test
    void a_signed_bundle_is_activated_and_says_by_whom() {
      try (var server = server(trusted(OPS))) {
        String text = signed(bundle("1.0.0", "stop"), OPS);

        assertThat(post(server, "/policies/check", text).text("/signed_by/0"))
            .isEqualTo("ops.example/policy");
        assertThat(post(server, "/policies", text).status()).isEqualTo(200);
        Answer active = server.get("/policies/by-title");
        assertThat(active.text("/signed_by")).isEqualTo("[\"ops.example/policy\"]");
        assertThat(active.text("/document/signatures/0")).startsWith("— ops.example/policy ");
        assertThat(active.text("/bundle_hash"))
            .isEqualTo(loaded(bundle("1.0.0", "stop")).hash().hex());
        assertThat(server.get("/policies").text("/policies/0/signed_by/0"))
            .isEqualTo("ops.example/policy");
        assertThat(server.get("/health").text("/policy_signatures")).isEqualTo("required");
        assertThat(server.task("stop").text("/status")).isEqualTo("FAILED");
      }
    }

    @Test
    void any_other_is_refused_with_its_place_and_the_remedy() {
      String good = signed(bundle("1.0.0", "stop"), OPS);
      try (var server = server(trusted(OPS, loaded(bundle("3.0.0", "halt")).hash()))) {
        assertRefused(server, bundle("1.0.0", "stop"), "/signatures", "fedcore policy sign FILE");
        assertRefused(
            server, signed(bundle("1.0.0", "stop"), RISK), "/signatures", "none of the keys");
        assertRefused(server, good.replace("'stop'", "'halt'"), "/signatures", "does not verify");
        assertRefused(server, signed(bundle("3.0.0", "halt"), OPS), "/signatures", "is revoked");

        assertThat(server.get("/policies/by-title").text("/source")).isEqualTo("builtin");
        assertThat(server.get("/policies/by-title").text("/signed_by")).isEqualTo("[]");
        assertThat(server.task("stop").text("/status")).isEqualTo("COMPLETED");
      }
    }

    @Test
    void versions_only_go_up_over_restarts_too() {
      try (var server = server(trusted(OPS))) {
        post(server, "/policies", signed(bundle("1.10.0", "stop"), OPS));
      }
      try (var server = server(trusted(OPS))) {
        assertRefused(
            server,
            signed(bundle("1.9.0", "halt"), OPS),
            "/metadata/version",
            "1.9.0 is lower than 1.10.0, which is active");
        assertRefused(
            server,
            signed(bundle("1.10.0", "halt"), OPS),
            "/metadata/version",
            "1.10.0 is the version of another bundle");
        assertThat(post(server, "/policies", signed(bundle("1.11.0", "halt"), OPS)).status())
            .isEqualTo(200);
      }
    }

    @Test
    void the_directory_brings_in_nothing_unsigned() throws IOException {
      Path directory = Files.createDirectory(data.resolve("bundles"));
      Files.writeString(directory.resolve("b.yaml"), bundle("1.0.0", "stop"));
      try (var server = server(trusted(OPS), Optional.of(directory))) {
        assertThat(server.get("/policies/by-title").text("/source")).isEqualTo("builtin");
        Files.writeString(directory.resolve("b.yaml"), signed(bundle("1.0.0", "stop"), OPS));

        server.await("/policies/by-title", "/source", "directory");
        assertThat(server.get("/policies/by-title").text("/signed_by/0"))
            .isEqualTo("ops.example/policy");
      }
    }
  }

  @Nested
  class After_a_restart_with_other_keys {

    private void activated(String text) {
      try (var server = server(Optional.empty())) {
        assertThat(post(server, "/policies", text).status()).isEqualTo(200);
        assertThat(server.get("/health").text("/policy_signatures")).isEqualTo("not_required");
        assertThat(server.get("/policies/by-title").text("/signed_by")).isEqualTo("[]");
      }
    }

    private static void assertDenies(Served server) {
      Answer run = server.task("anything");

      assertThat(run.text("/status")).isEqualTo("FAILED");
      assertThat(run.text("/steps/0/decision/reason"))
          .isEqualTo(
              "the tenant's policy by-title may not decide since the last start;"
                  + " activate one that may");
      assertThat(server.get("/policies").text("/not_recalled")).isEqualTo("[\"by-title\"]");
      assertThat(server.get("/health").text("/policies_not_recalled")).isEqualTo("[\"by-title\"]");
    }

    @Test
    void an_unsigned_bundle_denies_and_no_milder_one_takes_its_place() {
      activated(bundle("1.0.0", "stop"));
      try (var server = server(trusted(OPS))) {
        assertDenies(server);
      }
    }

    @Test
    void one_of_a_key_that_is_not_trusted_any_more_denies() {
      activated(signed(bundle("1.0.0", "stop"), OPS));
      try (var server = server(trusted(OPS))) {
        assertThat(server.task("anything").text("/status")).isEqualTo("COMPLETED");
      }
      try (var server = server(trusted(RISK))) {
        assertDenies(server);
      }
    }

    @Test
    void one_that_is_revoked_denies_until_another_takes_its_place() {
      String bad = signed(bundle("1.0.0", "stop"), OPS);
      activated(bad);
      try (var server = server(trusted(OPS, loaded(bad).hash()))) {
        assertDenies(server);
        assertRefused(server, bundle("1.1.0", "halt"), "/signatures", "is missing");
        assertThat(post(server, "/policies", signed(bundle("1.1.0", "halt"), OPS)).status())
            .isEqualTo(200);

        assertThat(server.get("/policies").text("/not_recalled")).isEqualTo("[]");
        assertThat(server.task("stop").text("/status")).isEqualTo("COMPLETED");
        assertThat(server.task("halt").text("/status")).isEqualTo("FAILED");
      }
    }
  }
}

package dev.fedcore.policy;

import static dev.fedcore.policy.Bundles.problems;
import static dev.fedcore.policy.Bundles.sound;
import static dev.fedcore.policy.Bundles.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.policy.BundleDirectory.Change.Kept;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import dev.fedcore.policy.signature.PolicyKeys;
import dev.fedcore.policy.signature.SignedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedBundleTest {

  private static final NoteSigner OPS = NoteSigner.generate("ops.example/policy");
  private static final NoteSigner RISK = NoteSigner.generate("risk.example/policy");
  private static final NoteSigner STRANGER = NoteSigner.generate("stranger.example");
  private static final PolicyKeys KEYS = keys();

  private static PolicyKeys keys(Digest... revoked) {
    return new PolicyKeys(
        List.of(NoteVerifier.parse(OPS.verifierKey()), NoteVerifier.parse(RISK.verifierKey())),
        Set.of(revoked));
  }

  /// A bundle of that version whose reason tells it from others.
  private static String bundle(String version, String reason) {
    return text("""
    # a comment
    applies_to: [w]
    rules:
    - {id: r, decision: allow, tier: 0, when: true, reason: "'%s'"} # and another
    """
            .formatted(reason))
        .replace("1.0.0", version);
  }

  private static String signature(PolicyBundle bundle, NoteSigner signer) {
    Note note = Note.parse(signer.sign(bundle.note().text()).getBytes(UTF_8));
    return note.signatures().getFirst().text().strip();
  }

  private static String signed(String text, NoteSigner... signers) {
    PolicyBundle bundle = sound(text);
    return SignedText.yaml(
        text, List.of(signers).stream().map(signer -> signature(bundle, signer)).toList());
  }

  private static Optional<String> objection(String text) {
    return new Admission(KEYS).objection(sound(text)).map(Problem::toString);
  }

  @Nested
  class Its_text {

    @Test
    void keeps_its_comments_and_its_hash() {
      String unsigned = bundle("1.0.0", "yes");
      String signed = signed(unsigned, OPS);

      assertThat(signed).startsWith(unsigned + "signatures:\n  - '— ops.example/policy ");
      assertThat(sound(signed).hash()).isEqualTo(sound(unsigned).hash());
      assertThat(sound(signed).document()).isNotEqualTo(sound(unsigned).document());
      assertThat(sound(signed).signatures())
          .extracting(SignatureLine::name)
          .containsExactly("ops.example/policy");
    }

    @Test
    void has_one_block_of_signatures_however_often_it_is_signed() {
      String unsigned = bundle("1.0.0", "yes");
      String inTheMiddle =
          "# first\nsignatures:\n- '— a AAAAAAAA'\n# second\n" + unsigned.stripTrailing();

      assertThat(signed(signed(unsigned, OPS), RISK)).isEqualTo(signed(unsigned, RISK));
      assertThat(SignedText.yaml(inTheMiddle, List.of("— it's AAAAAAAA")))
          .isEqualTo("# first\n# second\n" + unsigned + "signatures:\n  - '— it''s AAAAAAAA'\n");
    }

    @Test
    void may_be_json_on_many_lines() {
      PolicyBundle bundle = sound(bundle("1.0.0", "yes"));
      String json = SignedText.json(bundle.document(), List.of(signature(bundle, OPS)));

      assertThat(json).contains("\n  \"rules\": [\n    {\n      \"id\": \"r\",\n");
      assertThat(objection(json)).isEmpty();
      assertThat(sound(json).hash()).isEqualTo(bundle.hash());
      assertThat(SignedText.json(sound(json).document(), List.of("x")))
          .containsOnlyOnce("signatures");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            signatures: []                | /signatures: a bundle has 1 to 16 signatures, or no
            signatures: ops               | /signatures: must be an array
            signatures: [5]               | /signatures/0: must be a string
            signatures: [ops AAAAAAAA]    | /signatures/0: not a signature line: ops AAAAAAAA
            signatures: [— ops AAAA]      | /signatures/0: a signature line without a signature
            signatures: [— ops AAAAAAA]   | /signatures/0: not base64
            signatures: [— a+b AAAAAAAA]  | /signatures/0: not a signature line
            signatures: ["— a AAAAAAAA\\n— b AAAAAAAA"] | /signatures/0: not a signature line
            """)
    void is_refused_when_its_signatures_are_none(String section, String message) {
      assertThat(problems(bundle("1.0.0", "yes") + section + "\n"))
          .singleElement()
          .asString()
          .startsWith(message);
    }

    @Test
    void has_sixteen_signatures_at_most() {
      String text = bundle("1.0.0", "yes");
      var lines = Collections.nCopies(17, "— a AAAAAAAA");

      assertThat(sound(SignedText.yaml(text, lines.subList(0, 16))).signatures()).hasSize(16);
      assertThat(problems(SignedText.yaml(text, lines)))
          .containsExactly("/signatures: a bundle has 1 to 16 signatures, or no such key");
    }
  }

  @Nested
  class Its_signature {

    @Test
    void is_over_format_policy_version_and_hash() {
      PolicyBundle bundle = sound(bundle("1.2.0", "yes"));

      assertThat(bundle.note().text())
          .isEqualTo("fedcore.policy/v1\ntest\n1.2.0\n" + bundle.hash() + "\n");
    }

    @Test
    void of_any_trusted_key_is_enough() {
      assertThat(objection(signed(bundle("1.0.0", "yes"), OPS))).isEmpty();
      assertThat(objection(signed(bundle("1.0.0", "yes"), STRANGER, RISK))).isEmpty();
    }

    @Test
    void is_asked_for() {
      assertThat(objection(bundle("1.0.0", "yes")))
          .contains(
              "/signatures: is missing; sign the bundle with fedcore policy sign FILE --key KEY");
    }

    @Test
    void of_nobody_trusted_is_none() {
      assertThat(objection(signed(bundle("1.0.0", "yes"), STRANGER)))
          .contains(
              "/signatures: the bundle is signed by stranger.example and by none of the keys that"
                  + " may: ops.example/policy, risk.example/policy; sign it with one of those");
    }

    @Test
    void of_another_key_of_the_same_name_is_none() {
      var impostor = NoteSigner.generate("ops.example/policy");

      assertThat(objection(signed(bundle("1.0.0", "yes"), impostor))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'yes'|'Yes'",
          "version: 1.0.0|version: 1.0.1",
          "policy_id: test|policy_id: tesu",
          "tier: 0, when|tier: 1, when",
          "applies_to: [w]|applies_to: [v]",
          "3: {name: critical, approval: {quorum: 2|3: {name: critical, approval: {quorum: 1"
        })
    void does_not_hold_for_another_bundle(String change) {
      String[] fromTo = change.split("\\|", 2);
      String good = signed(bundle("1.0.0", "yes"), OPS);
      String tampered = good.replace(fromTo[0], fromTo[1]);

      assertThat(tampered).isNotEqualTo(good);
      assertThat(objection(tampered))
          .contains(
              "/signatures: the signature of ops.example/policy does not verify: the bundle is"
                  + " not the one that was signed; let it be signed again");
    }

    @Test
    void that_does_not_hold_is_not_made_good_by_another() {
      String other = signature(sound(bundle("1.0.0", "other")), OPS);
      PolicyBundle bundle = sound(bundle("1.0.0", "yes"));

      assertThat(
              objection(
                  SignedText.yaml(bundle("1.0.0", "yes"), List.of(signature(bundle, RISK), other))))
          .hasValueSatisfying(why -> assertThat(why).contains("does not verify"));
    }

    @Test
    void does_not_help_a_bundle_that_is_revoked() {
      PolicyBundle bundle = sound(signed(bundle("1.0.0", "yes"), OPS));

      assertThat(new Admission(keys(bundle.hash())).objection(bundle).map(Problem::toString))
          .contains(
              "/signatures: the bundle %s is revoked; activate another version"
                  .formatted(bundle.hash()));
    }
  }

  @Nested
  class An_engine_that_asks_for_signatures {

    private static final TenantId ACME = new TenantId("acme");

    private final CelPolicyEngine engine =
        new CelPolicyEngine(() -> 0, Optional.of(new Admission(KEYS)));

    private String reason(TenantId tenant) {
      return engine.decide(Questions.of(tenant, "w")).reason();
    }

    private String refusal(String text) {
      return engine.activate(ACME, sound(text)) instanceof Activation.Rejected rejected
          ? rejected.problem().toString()
          : "none";
    }

    @Test
    void takes_built_in_bundles_as_they_are() {
      assertThat(engine.activateBuiltIn(sound(bundle("1.0.0", "built in"))))
          .isInstanceOf(Activation.Activated.class);
    }

    @Test
    void takes_no_other_without() {
      engine.activateBuiltIn(sound(bundle("1.0.0", "built in")));

      assertThat(refusal(bundle("2.0.0", "mild"))).startsWith("/signatures: is missing");
      assertThat(engine.activateFromDirectory(sound(bundle("2.0.0", "mild"))))
          .isInstanceOf(Activation.Unadmitted.class);
      assertThat(engine.rehearse(ACME, sound(bundle("2.0.0", "mild"))))
          .isInstanceOf(Activation.Unadmitted.class);
      assertThat(reason(ACME)).isEqualTo("built in");
    }

    @Test
    void takes_no_older_one_than_decides_in_the_same_layer() {
      engine.activateBuiltIn(sound(bundle("9.0.0", "built in")));

      assertThat(refusal(signed(bundle("1.10.0", "new"), OPS))).isEqualTo("none");
      assertThat(refusal(signed(bundle("1.9.0", "old"), OPS)))
          .isEqualTo(
              "/metadata/version: 1.9.0 is lower than 1.10.0, which is active; give the bundle a"
                  + " higher version");
      assertThat(refusal(signed(bundle("1.10.0", "other"), OPS)))
          .isEqualTo(
              "/metadata/version: 1.10.0 is the version of another bundle, which is active; give"
                  + " the bundle a higher version");
      assertThat(reason(ACME)).isEqualTo("new");
      assertThat(reason(TenantId.DEFAULT)).isEqualTo("built in");
    }

    @Test
    void takes_the_same_bundle_again_whoever_signed_it() {
      assertThat(refusal(signed(bundle("1.0.0", "yes"), OPS))).isEqualTo("none");
      assertThat(refusal(signed(bundle("1.0.0", "yes"), RISK))).isEqualTo("none");
    }

    @Test
    void keeps_the_last_good_one_of_a_file(@TempDir Path directory) throws IOException {
      var bundles = new BundleDirectory(directory, engine);
      Path file = directory.resolve("w.yaml");
      Files.writeString(file, signed(bundle("1.0.0", "good"), OPS));
      bundles.refresh();
      for (String bad :
          List.of(
              bundle("2.0.0", "unsigned"),
              signed(bundle("2.0.0", "good"), OPS).replace("good", "tampered"),
              signed(bundle("0.9.0", "older"), OPS))) {
        Files.writeString(file, bad);

        assertThat(bundles.refresh())
            .singleElement()
            .isInstanceOfSatisfying(
                Kept.class,
                kept -> {
                  assertThat(kept.policyId()).isEqualTo("test");
                  assertThat(kept.problems())
                      .singleElement()
                      .extracting(Problem::pointer)
                      .isIn("/signatures", "/metadata/version");
                });
        assertThat(bundles.refresh()).isEmpty();
        assertThat(reason(TenantId.DEFAULT)).isEqualTo("good");
      }
      Files.writeString(file, signed(bundle("2.0.0", "better"), RISK));

      assertThat(bundles.refresh()).hasSize(1);
      assertThat(reason(TenantId.DEFAULT)).isEqualTo("better");
    }
  }

  @Test
  void an_engine_that_asks_for_none_takes_signatures_of_anybody() {
    var engine = new CelPolicyEngine(() -> 0);
    engine.activateBuiltIn(sound(signed(bundle("2.0.0", "two"), STRANGER)));
    engine.activateFromDirectory(sound(bundle("1.0.0", "one")));

    assertThat(engine.decide(Questions.task("w", JsonObject.EMPTY)).reason()).isEqualTo("one");
  }
}

package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.SecretFile;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.KeyRejected;
import dev.fedcore.evidence.keys.KeySources;
import dev.fedcore.evidence.note.DurableFile;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.policy.Admission;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.signature.PolicyKeys;
import dev.fedcore.policy.signature.SignedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keys for policy bundles, and signatures in the files of bundles.
final class BundleSigning {

  private BundleSigning() {}

  /// A new key in a new file that only its owner may read; its verifier key.
  static String makeKey(Path file, String name) {
    try {
      NoteSigner signer = NoteSigner.generate(name);
      SecretFile.create(file, KeySources.policySignerFile(signer));
      return signer.verifierKey();
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--name: " + e.getMessage());
    } catch (IOException _) {
      throw new Failure(
          ExitCode.NO_INPUT,
          file + " cannot be written: a key is not overwritten, and its folder must be there");
    }
  }

  /// The key in `file`.
  static NoteSigner key(Path file) {
    try {
      return KeySources.policySigner(file);
    } catch (KeyRejected e) {
      throw new Failure(ExitCode.CONFIGURATION, e.reason() + "; see fedcore policy key");
    }
  }

  /// As if `signer` alone might sign.
  static Admission believing(NoteSigner signer) {
    return new Admission(
        new PolicyKeys(List.of(NoteVerifier.parse(signer.verifierKey())), Set.of()));
  }

  /// Who may sign, by a file as the server takes it.
  static Admission admission(Path file) {
    try {
      return new Admission(PolicyKeys.parse(Inputs.file(file)));
    } catch (MalformedInput e) {
      throw new Failure(
          ExitCode.NO_INPUT, "%s is no list of policy keys: %s".formatted(file, e.problem()));
    }
  }

  /// Writes a signature into the file that `bundle` was read from, if that changes nothing else.
  ///
  /// @param beside whether the signatures that are there stay
  static void sign(Path file, PolicyBundle bundle, NoteSigner signer, boolean beside) {
    String text = signedText(Inputs.file(file), lines(bundle, signer, beside));
    boolean good =
        switch (BundleLoader.load(text.getBytes(UTF_8))) {
          case LoadResult.Loaded(PolicyBundle signed, _) ->
              signed.hash().equals(bundle.hash()) && believing(signer).objection(signed).isEmpty();
          case LoadResult.Rejected _ -> false;
        };
    if (!good) {
      throw new Failure(
          ExitCode.FAILED,
          file
              + " is not changed: a key signatures cannot be put at its end;"
              + " write the bundle as a block of YAML, or as JSON");
    }
    DurableFile.replace(file, text.getBytes(UTF_8));
  }

  private static List<String> lines(PolicyBundle bundle, NoteSigner signer, boolean beside) {
    Note note = Note.parse(signer.sign(bundle.note().text()).getBytes(UTF_8));
    SignatureLine line = note.signatures().getFirst();
    var lines = new ArrayList<SignatureLine>();
    if (beside) {
      bundle.signatures().stream()
          .filter(other -> !other.name().equals(line.name()) || other.keyId() != line.keyId())
          .forEach(lines::add);
    }
    lines.add(line);
    return lines.stream().map(each -> each.text().strip()).toList();
  }

  private static String signedText(byte[] document, List<String> lines) {
    return json(document)
        .map(object -> SignedText.json(object, lines))
        .orElseGet(() -> SignedText.yaml(new String(document, UTF_8), lines));
  }

  private static Optional<JsonObject> json(byte[] document) {
    try {
      return Optional.of(JsonReader.readObject(document, BundleLoader.LIMITS));
    } catch (MalformedInput _) {
      return Optional.empty();
    }
  }
}

package dev.fedcore.evidence.keys;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteVerifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whom a verifier believes, and for what. A text file that an auditor keeps apart from the
/// evidence; empty lines and lines that begin with `#` say nothing:
///
/// ```
/// log <verifier key of a C2SP signed note>
/// attestor <name> <roles, separated by commas> <public key: base64 of its SPKI>
/// ```
///
/// @param logs whose checkpoints are believed; at least one
/// @param attestors whose statements are believed; at least one
public record Trust(List<NoteVerifier> logs, List<Attestor> attestors) {

  /// The most lines of a trust file.
  private static final int LINES_MAX = 1_000;

  public Trust {
    logs = List.copyOf(logs);
    attestors = List.copyOf(attestors);
  }

  /// As what somebody may sign.
  public enum Role {
    /// How a run was made.
    PROVENANCE,
    /// That a gate was approved.
    APPROVAL,
    /// That everything was verified.
    VERIFICATION,
    /// When it happened, and what else lies beside the hashed files.
    TIMES;

    /// As a trust file writes it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Role parse(String text) {
      for (Role role : values()) {
        if (role.text().equals(text)) {
          return role;
        }
      }
      throw new MalformedInput("", "no role is called \"" + text + "\"");
    }
  }

  /// A signer of statements.
  ///
  /// @param name which its statements carry, such as `https://example.org/attestor`
  public record Attestor(String name, Set<Role> roles, VerifyingKey key) {

    public Attestor {
      roles = Set.copyOf(roles);
      if (!name.matches("[!-~]{1,200}")) {
        throw new IllegalArgumentException("an attestor's name is printable, without spaces");
      }
    }

    /// The line of a trust file.
    public String line() {
      var names = EnumSet.copyOf(roles).stream().map(Role::text).toList();
      return "attestor %s %s %s".formatted(name, String.join(",", names), key.base64());
    }
  }

  /// Reads a trust file.
  ///
  /// @throws MalformedInput that names the line
  public static Trust parse(byte[] file) {
    List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() > LINES_MAX) {
      throw new MalformedInput("", "a trust file has at most %,d lines".formatted(LINES_MAX));
    }
    var logs = new ArrayList<NoteVerifier>();
    var attestors = new ArrayList<Attestor>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(lines.get(i).strip(), logs, attestors);
      } catch (MalformedInput | EvidenceRejected | KeyRejected | IllegalArgumentException e) {
        throw new MalformedInput("", "line %d: %s".formatted(i + 1, e.getMessage()));
      }
    }
    if (logs.isEmpty() || attestors.isEmpty()) {
      throw new MalformedInput("", "it must name at least one log and one attestor");
    }
    var keys = new HashSet<>(attestors.stream().map(Attestor::key).toList());
    if (keys.size() != attestors.size()) {
      throw new MalformedInput("", "it names one attestor's key twice; give one line all roles");
    }
    return new Trust(logs, attestors);
  }

  private static void line(String line, List<NoteVerifier> logs, List<Attestor> attestors) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] words = line.split("\\s+", -1);
    if (words[0].equals("log") && words.length == 2) {
      logs.add(NoteVerifier.parse(words[1]));
    } else if (words[0].equals("attestor") && words.length == 4) {
      var roles = EnumSet.noneOf(Role.class);
      for (String role : words[2].split(",", -1)) {
        roles.add(Role.parse(role));
      }
      byte[] spki = Base64.getDecoder().decode(words[3]);
      attestors.add(new Attestor(words[1], roles, VerifyingKey.fromSpki(spki)));
    } else {
      throw new MalformedInput("", "is neither \"log KEY\" nor \"attestor NAME ROLES KEY\"");
    }
  }

  /// The attestor whose key has this id.
  public Optional<Attestor> attestor(String keyId) {
    return attestors.stream().filter(known -> known.key().keyId().equals(keyId)).findFirst();
  }
}

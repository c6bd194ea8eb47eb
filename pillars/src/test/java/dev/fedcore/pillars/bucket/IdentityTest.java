package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stated name counts on trusted loopback only; elsewhere the proved one does.
class IdentityTest {

  private static final String KEY = "X-Test-Key";
  private static final String READ = "/core/events?product_id=workflow";

  @TempDir private Path directory;

  @Test
  void the_stated_requester_must_be_the_one_that_is_authenticated() {
    try (var served = Served.authenticating(directory)) {
      var stolen = served.post("/core/write-event", Served.event("t"), KEY, "bhiv_core:executor");
      var own =
          served.post("/core/write-event", Served.event("t"), KEY, "workflow_executor:executor");

      assertThat(stolen.status()).isEqualTo(403);
      assertThat(stolen.text("/code")).isEqualTo("IDENTITY_MISMATCH");
      assertThat(own.status()).isEqualTo(200);
      assertThat(served.get(READ, KEY, "bhiv_core:executor").text("/events/0/requester_identity"))
          .isEqualTo("authenticated");
    }
  }

  @Test
  void the_executor_cannot_read_under_another_name() {
    try (var served = Served.authenticating(directory)) {
      String key = "workflow_executor:executor";

      assertThat(served.get(READ, KEY, key).status()).isEqualTo(403);
      assertThat(served.get(READ + "&requester_id=bhiv_core", KEY, key).text("/code"))
          .isEqualTo("IDENTITY_MISMATCH");
    }
  }

  @Test
  void a_privileged_name_needs_its_role_and_a_role_needs_no_such_name() {
    try (var served = Served.authenticating(directory)) {
      assertThat(served.get(READ, KEY, "admin:viewer").status()).isEqualTo(403);
      assertThat(served.get(READ, KEY, "auditor_ann:viewer").status()).isEqualTo(403);
      assertThat(served.get(READ, KEY, "ann:auditor").status()).isEqualTo(200);
      assertThat(served.get(READ, KEY, "prana:auditor").status()).isEqualTo(200);
    }
  }

  @Test
  void on_loopback_the_actor_header_will_do_where_no_requester_is_stated() {
    try (var served = Served.in(directory)) {
      assertThat(served.get(READ, "X-Actor-Id", "bhiv_core").status()).isEqualTo(200);
      assertThat(served.get(READ, "X-Actor-Id", "workflow_executor").status()).isEqualTo(403);
    }
  }
}

package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which integrations the governance gate lets in, and which of their operations.
class GateTest {

  private static final String GATE = "/governance/gate/validate-";

  @TempDir private Path directory;

  @Test
  void a_sound_integration_is_approved_and_stays_so_after_a_restart() {
    try (var served = Served.in(directory)) {
      assertThat(decided(served, integration("admin")).text("/decision")).isEqualTo("approved");
    }
    try (var served = Served.in(directory)) {
      var operation = served.post(GATE + "operation", operation("admin", "CREATE", "metadata", 1));

      assertThat(operation.text("/allowed")).isEqualTo("true");
      assertThat(served.get("/health").text("/governance/approved_integrations"))
          .isEqualTo("[\"chat\"]");
    }
  }

  @Test
  void each_check_can_stop_an_integration() {
    try (var served = Served.in(directory)) {
      String good = integration("executor");

      assertThat(decided(served, good.replace("\"api\"", "\"direct_database\"")).text("/decision"))
          .isEqualTo("rejected");
      assertThat(decided(served, good.replace("\"api\"", "\"_api\"")).text("/decision"))
          .isEqualTo("escalated");
      assertThat(decided(served, good.replace("metadata", "system_config")).status())
          .isEqualTo(403);
      assertThat(decided(served, good.replace("metadata", "persona_config")).text("/decision"))
          .isEqualTo("pending_review");
      assertThat(decided(served, good.replace("metadata", "new_class")).text("/reasons/0/check"))
          .isEqualTo("product_safety");
      assertThat(decided(served, good.replace("nsfw_policy", "other")).text("/reasons/0/reason"))
          .contains("nsfw_policy or content_filter");
      assertThat(
              decided(
                      served,
                      good.replace("\"nsfw", "\"estimated_artifact_bytes\":16777217,\"nsfw"))
                  .text("/reasons/0/check"))
          .isEqualTo("scale_compatibility");
    }
  }

  @Test
  void a_later_rejection_takes_an_approval_back() {
    try (var served = Served.in(directory)) {
      decided(served, integration("admin"));
      decided(served, integration("admin").replace("nsfw_policy", "other"));

      assertThat(
              served
                  .post(GATE + "operation", operation("admin", "CREATE", "metadata", 1))
                  .text("/reasons"))
          .contains("not approved");
    }
  }

  @Test
  void an_operation_needs_approval_a_class_that_allows_it_a_size_and_the_actors_right() {
    try (var served = Served.in(directory)) {
      String create = operation("admin", "CREATE", "metadata", 1);
      assertThat(served.post(GATE + "operation", create).status()).isEqualTo(403);
      decided(served, integration("admin"));

      assertThat(served.post(GATE + "operation", create).status()).isEqualTo(200);
      refused(served, operation("admin", "CREATE", "metadata", (16 << 20) + 1), "data_size");
      refused(served, operation("admin", "UPDATE", "metadata", 1), "does not allow UPDATE");
      refused(served, operation("admin", "DELETE", "metadata", 1), "forbidden to everybody");
      refused(served, operation("admin", "CREATE", "persona_config", 1), "was not approved");
      refused(served, operation("workflow_executor", "READ", "metadata", 1), "workflow_executor");
      refused(served, operation("ai_x", "READ", "metadata", 1), "ai_agent");
    }
  }

  static String integration(String requester) {
    return """
    {"requester_id":"%s","integration_id":"chat","integration_type":"api",\
    "artifact_classes":["metadata"],"product_name":"AI_Assistant",\
    "data_schema":{"nsfw_policy":"strict","retention_policy":"90 days"}}\
    """
        .formatted(requester);
  }

  static String operation(String requester, String operation, String artifactClass, long size) {
    return """
    {"requester_id":"%s","operation_type":"%s","artifact_class":"%s","data_size":%d,\
    "integration_id":"chat"}\
    """
        .formatted(requester, operation, artifactClass, size);
  }

  private static Served.Answer decided(Served served, String body) {
    return served.post(GATE + "integration", body);
  }

  private static void refused(Served served, String body, String reason) {
    var answer = served.post(GATE + "operation", body);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("/detail")).contains(reason);
  }
}

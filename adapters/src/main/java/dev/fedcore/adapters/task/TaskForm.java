package dev.fedcore.adapters.task;

import dev.fedcore.adapters.form.RequiredTexts;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What making a task looks like: `title`, which may also be called `content`, and what else there
/// is to say.
public final class TaskForm implements ActionForm {

  static final RequiredTexts REQUIRED =
      RequiredTexts.of(new RequiredTexts.Text("title", "missing_task_title", "content"));

  @Override
  public String type() {
    return "task";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Effect effect() {
    return Effect.REVERSIBLE;
  }

  @Override
  public Dedup dedup() {
    return Dedup.KEY;
  }

  @Override
  public Action normalise(JsonObject parameters) {
    return TaskParameters.read(parameters).action();
  }

  @Override
  public Optional<String> missing(JsonObject parameters) {
    return REQUIRED.missing(parameters);
  }
}

package dev.fedcore.server;

import dev.fedcore.adapters.ai.AiAdapter;
import dev.fedcore.adapters.ai.AiForm;
import dev.fedcore.adapters.ai.AiSettings;
import dev.fedcore.adapters.email.EmailAdapter;
import dev.fedcore.adapters.email.EmailForm;
import dev.fedcore.adapters.email.EmailSettings;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.settings.SettingRefused;
import dev.fedcore.adapters.task.TaskAdapter;
import dev.fedcore.adapters.task.TaskForm;
import dev.fedcore.adapters.whatsapp.WhatsappAdapter;
import dev.fedcore.adapters.whatsapp.WhatsappForm;
import dev.fedcore.adapters.whatsapp.WhatsappSettings;
import dev.fedcore.adapters.whatsapp.WhatsappWebhook;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.pillars.executor.remote.RemoteAdapter;
import dev.fedcore.pillars.executor.remote.RemoteRecords;
import dev.fedcore.server.erasure.AdapterRecords;
import dev.fedcore.server.erasure.PeopleService;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What acts for one process: adapters of its own, or those of the executor's process.
///
/// @param adapters one an action type
/// @param tasks the task table, where it is this process's own
/// @param records what the adapters keep of what they did
/// @param webhook takes reports about WhatsApp messages, where that is configured
/// @param elsewhere the executor's process, where the adapters are there
record Acting(
    List<Adapter> adapters,
    Optional<TaskAdapter> tasks,
    Optional<WhatsappWebhook> webhook,
    Optional<URI> elsewhere,
    SideStore records) {

  /// Every action's form, which no process needs configuration for.
  static final List<ActionForm> FORMS =
      List.of(new TaskForm(), new EmailForm(), new WhatsappForm(), new AiForm());

  /// Adapters in this process.
  ///
  /// @param environment what is configured; what is not runs dry
  /// @param closing gets what is to be closed
  /// @throws StartRefused if something is configured by half
  static Acting here(
      Path data,
      Permits permits,
      Map<String, String> environment,
      InstantSource clock,
      Deque<Runnable> closing) {
    try {
      var tasks = TaskAdapter.open(data, permits, clock);
      closing.push(tasks::close);
      var journal = EffectJournal.open(data, clock);
      closing.push(journal::close);
      Optional<WhatsappSettings> whatsapp = WhatsappSettings.from(environment);
      return new Acting(
          List.of(
              tasks,
              EmailAdapter.of(EmailSettings.from(environment), journal, permits, clock),
              WhatsappAdapter.of(whatsapp, journal, permits, clock),
              AiAdapter.of(
                  AiSettings.from(environment),
                  new AiAdapter.Ground(data, journal, permits, clock))),
          Optional.of(tasks),
          whatsapp
              .flatMap(WhatsappSettings::webhook)
              .map(settings -> new WhatsappWebhook(settings, journal)),
          Optional.empty(),
          new AdapterRecords(data, tasks, journal));
    } catch (SettingRefused refused) {
      throw new StartRefused(String.valueOf(refused.getMessage()));
    }
  }

  /// Adapters in the executor's process.
  static Acting at(URI executor, Credentials credentials) {
    var client = new ServiceClient(executor, RemoteAdapter.ANSWER_MAX);
    List<Adapter> adapters =
        FORMS.stream().<Adapter>map(form -> new RemoteAdapter(form, client, credentials)).toList();
    return new Acting(
        adapters,
        Optional.empty(),
        Optional.empty(),
        Optional.of(executor),
        new RemoteRecords(new ServiceClient(executor, PeopleService.ANSWER_MAX), credentials));
  }
}

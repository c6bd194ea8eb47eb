package dev.fedcore.server;

import dev.fedcore.engine.CommandService;
import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.registry.AgentRegistry;
import dev.fedcore.http.Route;
import dev.fedcore.server.agents.AgentRoutes;
import dev.fedcore.server.agents.DirectoryRoutes;
import dev.fedcore.server.api.Commanding;
import dev.fedcore.server.api.DefinitionRoutes;
import dev.fedcore.server.api.DisclosureReads;
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.api.GateRoutes;
import dev.fedcore.server.api.LogRoutes;
import dev.fedcore.server.api.PermitRoutes;
import dev.fedcore.server.api.PolicyRoutes;
import dev.fedcore.server.api.RunCommands;
import dev.fedcore.server.api.RunReads;
import dev.fedcore.server.api.ServiceRoutes;
import dev.fedcore.server.api.SimulationRoutes;
import dev.fedcore.server.api.StepRoutes;
import dev.fedcore.server.api.TaskRoutes;
import dev.fedcore.server.api.YamlBodies;
import dev.fedcore.server.events.EventRoutes;
import dev.fedcore.server.fc.FcGates;
import dev.fedcore.server.fc.FcRuns;
import dev.fedcore.server.fc.FcService;
import dev.fedcore.server.policies.Policies;
import dev.fedcore.server.webhook.WhatsappRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// All operations of the HTTP interface, put together over what they need.
///
/// @param routes in the order of their groups, which means nothing
/// @param events to be closed when the server stops
record Operations(List<Route> routes, EventRoutes events) {

  /// What operations need.
  record Needs(
      Ledger ledger,
      Commits commits,
      CommandService commands,
      Definitions definitions,
      Policies policies,
      Acting acting,
      Permits permits,
      Catalog catalog,
      AgentRegistry agents,
      LogRoutes log,
      ServiceRoutes.Facts facts,
      InstantSource clock) {}

  /// @param more operations that stand on nothing of this
  static Operations over(Needs needs, List<Route> more) {
    Ledger ledger = needs.ledger();
    var finding = new Finding(ledger);
    var commanding = new Commanding(needs.commands());
    var gates = new GateRoutes(commanding, finding, ledger);
    var definitions = new DefinitionRoutes(needs.definitions());
    var service = new ServiceRoutes(ledger, needs.facts(), openApi());
    var events = new EventRoutes(ledger, needs.commits(), finding, System::nanoTime);
    var routes = new ArrayList<>(more);
    routes.addAll(new RunCommands(commanding, finding).routes());
    routes.addAll(new RunReads(ledger, finding).routes());
    routes.addAll(new DisclosureReads(ledger, finding).routes());
    routes.addAll(new StepRoutes(commanding, finding).routes());
    routes.addAll(gates.routes());
    routes.addAll(definitions.routes());
    routes.addAll(new PolicyRoutes(needs.policies()).routes());
    routes.addAll(
        new SimulationRoutes(needs.policies(), needs.definitions(), needs.catalog()).routes());
    needs.acting().tasks().ifPresent(tasks -> routes.addAll(new TaskRoutes(tasks).routes()));
    needs.acting().elsewhere().ifPresent(executor -> routes.add(TaskRoutes.elsewhere(executor)));
    needs
        .acting()
        .webhook()
        .ifPresent(webhook ->
            routes.addAll(new WhatsappRoutes(webhook, needs.commands()::lookAgain).routes()));
    routes.addAll(new PermitRoutes(needs.permits()).routes());
    routes.addAll(new AgentRoutes(needs.agents()).routes());
    routes.addAll(new DirectoryRoutes(needs.agents(), needs.clock(), System::nanoTime).routes());
    routes.addAll(needs.log().routes());
    routes.addAll(service.routes());
    routes.addAll(events.routes());
    routes.addAll(new FcRuns(commanding, finding, ledger).routes());
    routes.addAll(new FcGates(commanding, finding, gates, ledger).routes());
    routes.addAll(new FcService(definitions, service, YamlBodies::parse).routes());
    return new Operations(List.copyOf(routes), events);
  }

  private static byte[] openApi() {
    try (var document =
        Objects.requireNonNull(Operations.class.getResourceAsStream("openapi.json"))) {
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

/// Spans for whoever collects them: sent to the endpoint that `OTEL_EXPORTER_OTLP_ENDPOINT` names,
/// nowhere without it. Spans are not evidence; the ledger is.
@NullMarked
package dev.fedcore.server.trace;

import org.jspecify.annotations.NullMarked;

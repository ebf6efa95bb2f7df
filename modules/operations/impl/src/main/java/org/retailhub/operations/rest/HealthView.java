package org.retailhub.operations.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.Alarms;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.domain.Vitals;
import org.retailhub.platform.kernel.Insight.Signal;

/** How the hub is, for people. */
@Schema(name = "Health")
public record HealthView(
        Instant at,

        @Schema(
                description =
                        "up: nothing to look at; degraded: work goes on, somebody should look; down: nothing is taken in")
        String status,

        List<Module> modules,

        @Schema(description = "Messages on each queue of this server", examples = "{\"erp.postings.idempiere\":0}")
        Map<String, Long> queues,

        @Schema(description = "What is wrong now") List<Raised> alarms) {
    /** One module. */
    @Schema(name = "ModuleHealth")
    public record Module(@Schema(examples = "erp") String module, boolean answers, List<Figure> figures) {}

    /** A figure that is not zero. */
    @Schema(name = "HealthFigure")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Figure(
            @Schema(examples = "parked-cases") String kind,
            @Schema(examples = "idempiere") @Nullable String subject,
            long count,
            @Schema(description = "Of the oldest") @Nullable Instant since,
            @Nullable String detail) {}

    /** An alarm. */
    @Schema(name = "Alarm")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Raised(
            @Schema(examples = "OPS-2004") String code,

            @Schema(examples = "An ERP does not answer; its queue fills")
            String title,

            @Schema(examples = "idempiere") String subject,
            String detail,
            Instant since,

            @Schema(description = "When it was over; absent while it is open") @Nullable
            Instant clearedAt,

            @Schema(description = "What to do, in the project", examples = "docs/runbooks/alarms/OPS-2004.md")
            String runbook) {
        static Raised of(Alarms.Kept kept) {
            Alarm alarm = Alarm.of(kept.code());
            return new Raised(
                    kept.code(),
                    alarm.title(),
                    kept.subject(),
                    kept.detail(),
                    kept.raisedAt(),
                    kept.clearedAt(),
                    alarm.runbook());
        }
    }

    static HealthView of(Vitals vitals, List<Alarms.Kept> open) {
        List<Module> modules = new ArrayList<>();
        vitals.signals()
                .forEach((name, signals) -> modules.add(new Module(
                        name,
                        true,
                        signals.stream()
                                .filter(each -> each.count() > 0)
                                .map(HealthView::figure)
                                .toList())));
        vitals.silent().forEach(name -> modules.add(new Module(name, false, List.of())));
        boolean down = vitals.refusal() != null || vitals.silent().contains("order");
        return new HealthView(
                vitals.at(),
                down ? "down" : open.isEmpty() && vitals.silent().isEmpty() ? "up" : "degraded",
                modules,
                vitals.queues(),
                open.stream().map(Raised::of).toList());
    }

    private static Figure figure(Signal signal) {
        return new Figure(
                signal.kind(),
                signal.subject().isEmpty() ? null : signal.subject(),
                signal.count(),
                signal.since(),
                signal.detail().isEmpty() ? null : signal.detail());
    }
}

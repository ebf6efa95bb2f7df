package org.retailhub.erp.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.KnownPostings;
import org.retailhub.erp.Target;
import org.retailhub.erp.Targets;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.erp.domain.Capability;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** The ERPs: whether they answer, since when not and why, and what waits for them. */
@Path("targets")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ERPs")
public class TargetsResource {
    private static final Logger LOG = Logger.getLogger(TargetsResource.class);

    /** One ERP. */
    @Schema(name = "ErpTarget")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TargetView(
            @Schema(example = "idempiere") String target,

            @Schema(description = "closed: it answers; open: it does not, and its queue fills", example = "closed")
            String circuit,

            @Schema(description = "Since when it does not answer") @Nullable
            Instant openSince,

            @Schema(description = "What it said last") @Nullable
            String reason,

            @Nullable Instant nextProbeAt,
            String queue,

            @Schema(description = "Messages on its queue; absent if the broker does not say") @Nullable
            Long queueDepth,

            @Schema(description = "Postings in its tables without a verdict")
            long written,

            @Nullable Instant oldestWrittenAt,

            @Schema(description = "Postings that it refused")
            long rejected,

            Set<Capability> capabilities,

            @Schema(
                    description =
                            "What becomes of a change or cancellation after it has made its document: DELTA, RETURN_DOCUMENT or PERSON",
                    example = "RETURN_DOCUMENT")
            AfterPosting afterPosting) {}

    @Inject
    private Targets targets;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listErpTargets", summary = "All ERPs with their circuit and what waits")
    @APIResponse(responseCode = "200", description = "One entry per ERP")
    public List<TargetView> list() {
        return targets.all().stream().map(TargetsResource::view).collect(Collectors.toList());
    }

    private static TargetView view(Target<?, ?> target) {
        CircuitBreaker.State circuit = target.circuit().state();
        KnownPostings.Waiting waiting = target.postings().waiting();
        return new TargetView(
                target.adapter().target(),
                circuit.open() ? "open" : "closed",
                circuit.since(),
                circuit.reason(),
                circuit.nextProbeAt(),
                target.queue(),
                depth(target.queue()),
                waiting.written(),
                waiting.oldestWrittenAt(),
                waiting.rejected(),
                target.adapter().capabilities(),
                target.adapter().afterPosting());
    }

    private static @Nullable Long depth(String queue) {
        try {
            ObjectName name = new ObjectName("jboss.as:subsystem=messaging-activemq,server=default,jms-queue=" + queue);
            return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "messageCount")).longValue();
        } catch (JMException e) {
            LOG.debugf("the depth of %s cannot be read: %s", queue, e.getMessage());
            return null;
        }
    }
}

package org.retailhub.operations.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Insight.Hop;

/**
 * Hops as spans of OpenTelemetry (OTLP as JSON). A hop is a point in time, so its span is one too; waiting is what lies between two. Ids
 * are made of the row: sent twice, it is the same span.
 */
public final class Spans {
    private static final Pattern CONTEXT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Set<String> BAD = Set.of("parked", "waits-for-predecessor", "waits-behind-parked", "rejected");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A hop that belongs to a trace. */
    public record Span(String traceId, String spanId, String parentSpanId, String module, Hop hop) {}

    private Spans() {}

    /** Empty if the caller's context is none, or says that it is not to be recorded. */
    public static Optional<Span> of(String module, Hop hop, @Nullable String traceparent) {
        Matcher context = CONTEXT.matcher(traceparent == null ? "" : traceparent);
        if (!context.matches() || (Integer.parseInt(context.group(3), 16) & 1) == 0) {
            return Optional.empty();
        }
        String traceId = context.group(1);
        String root = hash(traceId + "/root");
        // A context that was made here has no span before it: its span id is a part of its trace id.
        String caller = traceId.endsWith(context.group(2)) ? "" : context.group(2);
        return Optional.of(
                hop.door()
                        ? new Span(traceId, root, caller, module, hop)
                        : new Span(traceId, idOf(module, hop), root, module, hop));
    }

    private static String idOf(String module, Hop hop) {
        return hash(module + '/' + hop.key() + '/' + hop.at() + '/' + hop.what() + '/' + hop.messageId());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of one request to a collector. */
    public static String request(List<Span> spans, String node) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode resource = request.putArray("resourceSpans").addObject();
        ArrayNode about = resource.putObject("resource").putArray("attributes");
        attribute(about, "service.name", "retail-hub");
        attribute(about, "service.instance.id", node);
        ArrayNode scopes = resource.putArray("scopeSpans");
        spans.stream().map(Span::module).distinct().forEach(module -> {
            ObjectNode scope = scopes.addObject();
            scope.putObject("scope").put("name", "org.retailhub." + module);
            ArrayNode of = scope.putArray("spans");
            spans.stream().filter(span -> span.module().equals(module)).forEach(span -> write(of.addObject(), span));
        });
        return request.toString();
    }

    private static void write(ObjectNode into, Span span) {
        Hop hop = span.hop();
        into.put("traceId", span.traceId()).put("spanId", span.spanId());
        if (!span.parentSpanId().isEmpty()) {
            into.put("parentSpanId", span.parentSpanId());
        }
        // Kind 2 is a server's, 1 internal.
        into.put("name", span.module() + " " + hop.what())
                .put("kind", hop.door() ? 2 : 1)
                .put("startTimeUnixNano", nanos(hop.at()))
                .put("endTimeUnixNano", nanos(hop.at()));
        ArrayNode attributes = into.putArray("attributes");
        attribute(attributes, "retail.key", hop.key());
        attribute(attributes, "retail.tenant", hop.tenant());
        if (!hop.messageId().isEmpty()) {
            attribute(attributes, "messaging.message.id", hop.messageId());
        }
        if (!hop.detail().isEmpty()) {
            attribute(attributes, "retail.detail", Mask.words(hop.detail()));
        }
        if (BAD.contains(hop.what())) {
            into.putObject("status").put("code", 2).put("message", Mask.words(hop.detail()));
        }
    }

    private static String nanos(Instant at) {
        return Long.toString(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }
}

package org.retailhub.channel.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.order.api.CanonicalOrder;

/** The written form of what we tell, and what of it counts when two tellings are compared. */
public final class OrderContent {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("plain decimals").addSerializer(BigDecimal.class, new PlainDecimal()))
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private static final class PlainDecimal extends JsonSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }

    private OrderContent() {}

    /** Of a command, an event or a document: decimals as text, times in ISO 8601, nothing that is empty. */
    public static String json(Object told) {
        try {
            return MAPPER.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #json} of a command that has this order and nothing else, made of the order's own written form: it is stored beside it and
     * need not be written twice.
     */
    static String commandOf(String order) {
        return "{\"order\":" + order + '}';
    }

    /** Only what {@link #json} made. */
    public static CanonicalOrder order(String json) {
        try {
            return MAPPER.readValue(json, CanonicalOrder.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * SHA-256 of what is sold, at what price, and where it goes. Not of the payment, the buyer's address book and remarks: they change all
     * through an order's life and nothing in the ERP follows from them. Times count as instants: a shop may move to another zone.
     */
    public static byte[] hash(CanonicalOrder order) {
        return sha256(json(new CanonicalOrder(
                order.channel(),
                order.channelOrderId(),
                order.placedAt().withOffsetSameInstant(ZoneOffset.UTC),
                order.currency(),
                order.test(),
                null,
                order.shipTo(),
                order.lines(),
                order.charges(),
                order.totals(),
                null,
                null,
                Map.of())));
    }

    /** Of a refund's goods and adjustments; its payments settle later. */
    public static byte[] hash(RefundMade refund) {
        return sha256(json(new RefundMade(
                refund.channel(),
                refund.channelOrderId(),
                refund.refundId(),
                refund.refundedAt(),
                refund.currency(),
                refund.reason(),
                refund.lines(),
                refund.adjustments(),
                List.of())));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

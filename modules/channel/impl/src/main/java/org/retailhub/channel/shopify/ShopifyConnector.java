package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking;
import org.retailhub.channel.domain.Capability;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.domain.ShipmentTelling;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.channel.domain.Translation;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** A Shopify shop. */
public final class ShopifyConnector implements Connector {
    public static final String KIND = "shopify";

    private static final int LONGEST_HEADER = 200;
    private static final List<String> NOT_IN_DELETIONS = List.of("updated_at", "created_at", "line_items", "order_id");

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.ORDERS,
                Capability.REFUNDS,
                Capability.SIGNED_WEBHOOKS,
                Capability.ASKING,
                Capability.STOCK,
                Capability.SHIPMENTS);
    }

    @Override
    public Optional<Asking> asking() {
        return Optional.of(new AdminQuestions());
    }

    @Override
    public Optional<StockTelling> stock() {
        return Optional.of(new InventoryLevels());
    }

    @Override
    public Optional<ShipmentTelling> shipments() {
        return Optional.of(new Fulfilments());
    }

    @Override
    public boolean isSigned(UnaryOperator<@Nullable String> header, byte[] body, List<byte[]> secrets) {
        return ShopifySignature.isRight(either(header, "Hmac-Sha256"), body, secrets);
    }

    @Override
    public Delivery delivery(UnaryOperator<@Nullable String> header) {
        String topic = either(header, "Topic");
        return new Delivery(
                either(header, "Webhook-Id"),
                topic == null ? "" : topic,
                either(header, "Shop-Domain"),
                time(either(header, "Triggered-At")));
    }

    @Override
    public Lane lane(String topic) {
        // What the law asks for is rare and has a deadline.
        if (topic.endsWith("/redact") || topic.equals("customers/data_request")) {
            return Lane.ORDER;
        }
        return switch (topic.substring(0, Math.max(0, topic.indexOf('/')))) {
            case "orders", "refunds" -> Lane.ORDER;
            case "inventory_levels", "inventory_items" -> Lane.STOCK;
            default -> Lane.CATALOGUE;
        };
    }

    /** Newer deliveries leave the {@code X-} out. */
    private static @Nullable String either(UnaryOperator<@Nullable String> header, String name) {
        String value = header.apply("X-Shopify-" + name);
        if (value == null) {
            value = header.apply("Shopify-" + name);
        }
        return value == null || value.isBlank() || value.length() > LONGEST_HEADER ? null : value.strip();
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            OffsetDateTime time = text == null ? null : OffsetDateTime.parse(text);
            // Of years that a database can hold: nobody has signed the headers.
            return time == null || time.getYear() < 2000 || time.getYear() > 9000 ? null : time.toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public Translation translate(Connection connection, String topic, byte[] body) {
        try {
            return switch (topic) {
                case "orders/create",
                        "orders/updated",
                        "orders/paid",
                        "orders/cancelled",
                        "orders/fulfilled",
                        "orders/partially_fulfilled" ->
                    OrderTranslation.translate(connection.channel(), document(body));
                case "refunds/create" -> RefundTranslation.translate(connection.channel(), document(body));
                case "orders/delete" -> deleted(document(body));
                case "orders/edited" -> edited(document(body));
                case "customers/data_request", "customers/redact", "shop/redact" ->
                    new Translation.Refused(
                            ChannelError.PRIVACY_REQUEST,
                            "",
                            topic + ": to be answered within 30 days, see the payload");
                case "" -> new Translation.Refused(ChannelError.MISSING_FIELD, "X-Shopify-Topic", "is required");
                default -> new Translation.NotTaken(topic);
            };
        } catch (Fault fault) {
            return new Translation.Refused(fault.code(), fault.field(), fault.detail());
        } catch (RetailException e) {
            return new Translation.Refused(e.code(), e.field().orElse(""), e.detail());
        }
    }

    /** The topic is not signed, only the body is: another document that is sent again under this topic deletes nothing. */
    private static Translation deleted(Node body) {
        for (String field : NOT_IN_DELETIONS) {
            if (body.says(field)) {
                throw Fault.wrong(field, "is not part of a deletion");
            }
        }
        return new Translation.Deleted(OrderTranslation.document(body.ownId()));
    }

    /** Says which lines changed, not to what: the order itself follows as {@code orders/updated}. */
    private static Translation edited(Node body) {
        Node edit = body.object("order_edit");
        if (edit == null) {
            throw Fault.missing("order_edit");
        }
        return new Translation.Noted(
                OrderTranslation.document(edit.requiredId("order_id")), "an edit; the order follows by itself");
    }

    private static Node document(byte[] body) {
        JsonNode json = StrictJson.read(body, JsonNode.class);
        if (!json.isObject()) {
            throw Fault.wrong("", "the payload must be an object");
        }
        return Node.root(json);
    }
}

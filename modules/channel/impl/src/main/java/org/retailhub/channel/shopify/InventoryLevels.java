package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Asking.Question;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** The Admin API's inventory levels: {@code available} of an inventory item at a location, set to a value, one a call. */
final class InventoryLevels implements StockTelling {
    /** Its bucket holds 40, of which the sweep for orders needs some. */
    private static final Terms TERMS = new Terms(36, 2);

    /** Items times locations fit into one page of 250. */
    private static final int MOST_LEVELS = 15;

    private static final int MOST_DIGITS = 18;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,18}");
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public boolean isItem(String item) {
        return ID.matcher(item).matches();
    }

    @Override
    public boolean isLocation(String location) {
        return ID.matcher(location).matches();
    }

    /** Whole pieces. */
    @Override
    public BigDecimal showable(BigDecimal available) {
        return available.max(BigDecimal.ZERO).min(MOST).setScale(0, RoundingMode.FLOOR);
    }

    @Override
    public Call set(Connection connection, Level level, BigDecimal value) {
        // Written by hand: ids are numbers there and longer than a double holds.
        String body = "{\"location_id\":" + id(level.location()) + ",\"inventory_item_id\":" + id(level.item())
                + ",\"available\":" + value.toBigIntegerExact() + "}";
        Question question = AdminQuestions.question(connection, "inventory_levels/set.json");
        return new Call(question.uri(), question.secretHeader(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("no id: " + text);
        }
        return text;
    }

    @Override
    public Told read(Level level, BigDecimal value, int status, UnaryOperator<@Nullable String> header, byte[] body) {
        return switch (status) {
            case 200, 201 -> taken(level, value, body);
            case 401, 403 -> new Told.Failed("the api secret is refused (" + status + ")");
            case 429 -> new Told.Busy(AdminQuestions.rest(header.apply("Retry-After")));
            case 400, 404, 406, 409, 422 -> new Told.Refused("answered " + status + errors(body));
            default -> new Told.Unclear("answered " + status);
        };
    }

    /** Whoever answers 200 with something else is not the shop: a proxy's page, say. */
    private static Told taken(Level level, BigDecimal value, byte[] body) {
        JsonNode json = json(body).path("inventory_level");
        BigDecimal shown = number(json.path("available"));
        boolean itself = level.item().equals(json.path("inventory_item_id").asText())
                && level.location().equals(json.path("location_id").asText())
                && shown != null
                && shown.compareTo(value) == 0;
        return itself ? new Told.Taken() : new Told.Unclear("its answer is not what was sent");
    }

    private static String errors(byte[] body) {
        JsonNode errors = json(body).path("errors");
        String text = errors.isTextual() ? errors.asText() : errors.isMissingNode() ? "" : errors.toString();
        return text.isEmpty() ? "" : ": " + words(text);
    }

    /** Of what it says as much as an operator reads. */
    static String words(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").substring(0, Math.min(200, text.length()));
    }

    @Override
    public int mostLevels() {
        return MOST_LEVELS;
    }

    @Override
    public Question levels(Connection connection, List<Level> levels) {
        return AdminQuestions.question(
                connection,
                "inventory_levels.json?limit=250&inventory_item_ids="
                        + levels.stream()
                                .map(each -> id(each.item()))
                                .distinct()
                                .collect(Collectors.joining(","))
                        + "&location_ids="
                        + levels.stream()
                                .map(each -> id(each.location()))
                                .distinct()
                                .collect(Collectors.joining(",")));
    }

    @Override
    public Shown readLevels(int status, UnaryOperator<@Nullable String> header, byte[] body) {
        if (status == 429) {
            return new Shown.Busy(AdminQuestions.rest(header.apply("Retry-After")));
        }
        JsonNode levels = json(body).path("inventory_levels");
        if (status != 200 || !levels.isArray()) {
            return new Shown.Failed(
                    status == 200 ? "its answer has no levels in it" : "answered " + status + " to what it shows");
        }
        Map<Level, BigDecimal> shown = new HashMap<>();
        for (JsonNode each : levels) {
            BigDecimal available = number(each.path("available"));
            // Null there: it does not count this item.
            if (available != null) {
                shown.put(
                        new Level(
                                each.path("inventory_item_id").asText(),
                                each.path("location_id").asText()),
                        available);
            }
        }
        return new Shown.Levels(shown);
    }

    @Override
    public OptionalInt callsLeft(UnaryOperator<@Nullable String> header) {
        String said = header.apply("X-Shopify-Shop-Api-Call-Limit");
        Matcher limit = LIMIT.matcher(said == null ? "" : said.strip());
        return limit.matches()
                ? OptionalInt.of(Math.max(0, Integer.parseInt(limit.group(2)) - Integer.parseInt(limit.group(1))))
                : OptionalInt.empty();
    }

    /** Missing if it is none. */
    static JsonNode json(byte[] body) {
        try {
            return StrictJson.read(body, JsonNode.class);
        } catch (RetailException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal number = node.decimalValue();
        return number.precision() - number.scale() > MOST_DIGITS || number.scale() > MOST_DIGITS ? null : number;
    }
}

package org.retailhub.channel.shopify;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Asking;
import org.retailhub.channel.domain.Connection;
import org.retailhub.platform.runtime.rest.StrictJson;

/** The Admin API's list of orders by the time of change, and one order by its id. */
final class AdminQuestions implements Asking {
    static final String TOPIC = "orders/updated";

    private static final String PATH = "/admin/api/2026-07/";
    private static final String TOKEN_HEADER = "X-Shopify-Access-Token";
    private static final int PAGE = 100;
    private static final BigDecimal LONGEST_REST_SECONDS = BigDecimal.valueOf(300);
    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,2000})>\\s*;\\s*rel=\"?next\"?");
    private static final Pattern LIMIT = Pattern.compile("[?&]limit=(\\d{1,3})(?=&|$)");
    private static final Pattern ORDER = Pattern.compile("order/(\\d{1,30})");

    @Override
    public Question changedSince(Connection connection, Instant since) {
        return question(
                connection,
                "orders.json?status=any&order=updated_at+asc&limit=" + PAGE + "&updated_at_min="
                        + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Question smaller(Question question) {
        String uri = question.uri().toString();
        Matcher limit = LIMIT.matcher(uri);
        int half = limit.find() ? Integer.parseInt(limit.group(1)) / 2 : 0;
        return half == 0
                ? null
                : new Question(
                        URI.create(uri.substring(0, limit.start(1)) + half + uri.substring(limit.end(1))),
                        question.secretHeader());
    }

    @Override
    public Question one(Connection connection, String document) {
        Matcher order = ORDER.matcher(document);
        if (!order.matches()) {
            throw new IllegalArgumentException("no order: " + document);
        }
        return question(connection, "orders/" + order.group(1) + ".json");
    }

    private static String address(Connection connection) {
        return Objects.requireNonNull(connection.apiUrl(), "only who has an address is asked");
    }

    static Question question(Connection connection, String rest) {
        String base = address(connection);
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return new Question(URI.create(trimmed + PATH + rest), TOKEN_HEADER);
    }

    @Override
    public Answer read(Connection connection, int status, UnaryOperator<@Nullable String> header, byte[] body) {
        return switch (status) {
            case 200 -> page(connection, header.apply("Link"), body);
            case 404, 410 -> new Answer.Gone();
            case 429 -> new Answer.Busy(rest(header.apply("Retry-After")));
            case 401, 403 -> new Answer.Failed("the api secret is refused (" + status + ")");
            default -> new Answer.Failed("answered " + status);
        };
    }

    static Duration rest(@Nullable String seconds) {
        try {
            BigDecimal rest = new BigDecimal(seconds == null ? "2" : seconds.strip());
            boolean reasonable = rest.signum() >= 0 && rest.compareTo(LONGEST_REST_SECONDS) <= 0;
            return Duration.ofMillis(
                    (reasonable ? rest : LONGEST_REST_SECONDS).movePointRight(3).longValue());
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(2);
        }
    }

    private static Answer page(Connection connection, @Nullable String link, byte[] body) {
        try {
            return new Answer.Page(documents(body), next(connection, link));
        } catch (JsonProcessingException e) {
            // Its message would quote the answer, and that has people in it.
            JsonLocation at = e.getLocation();
            return new Answer.Failed("its answer is no JSON"
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException | URISyntaxException e) {
            return new Answer.Failed(
                    "its answer cannot be read: " + e.getClass().getSimpleName());
        } catch (Fault e) {
            return new Answer.Failed("its answer cannot be read: " + e.getMessage());
        }
    }

    /** Cut out of the answer as they are: what is stored is what the channel said. */
    private static List<Found> documents(byte[] body) throws IOException {
        List<Found> found = new ArrayList<>();
        try (JsonParser json = StrictJson.mapper().getFactory().createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Fault.wrong("", "the answer must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("orders") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        found.add(document(json, body));
                    }
                } else if (name.equals("order") && value == JsonToken.START_OBJECT) {
                    found.add(document(json, body));
                } else {
                    json.skipChildren();
                }
            }
        }
        return found;
    }

    private static Found document(JsonParser json, byte[] body) throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        long to = json.currentLocation().getByteOffset();
        if (from < 0 || to < from) {
            throw Fault.wrong("", "the answer must be UTF-8");
        }
        byte[] cut = Arrays.copyOfRange(body, (int) from, (int) to);
        try {
            Node order = Node.root(StrictJson.mapper().readTree(cut));
            return new Found(
                    OrderTranslation.document(order.ownId()),
                    order.requiredTime("updated_at").toInstant(),
                    TOPIC,
                    cut);
        } catch (Fault | NumberFormatException unreadable) {
            // One sick order does not hide the others: it is stored, and parked with its field.
            return new Found(null, null, TOPIC, cut);
        }
    }

    /** Only to where we asked: the secret goes with each question. */
    private static @Nullable Question next(Connection connection, @Nullable String link) throws URISyntaxException {
        Matcher next = NEXT.matcher(link == null ? "" : link);
        if (!next.find()) {
            return null;
        }
        URI uri = new URI(next.group(1));
        URI base = new URI(address(connection));
        boolean same = base.getScheme().equals(uri.getScheme())
                && base.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())
                && uri.getRawPath() != null
                && uri.normalize().getRawPath().equals(uri.getRawPath())
                && uri.getRawPath().contains("/admin/api/");
        if (!same) {
            throw Fault.wrong("Link", "the next page is not where we asked");
        }
        return new Question(uri, TOKEN_HEADER);
    }
}

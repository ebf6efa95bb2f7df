import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the stores of a hub together after one of them was restored: compares the hub's postings with the marks that they left in
 * the ERP, posts again what the ERP lost, sends again what was sent since, and says what only a person can explain. Any number of
 * times; nothing is doubled by it.
 *
 * <p>{@code RETAIL_OPERATOR_KEY=… java Sweep.java sweep|check <hub's address> <since, ISO 8601 with zone>}; {@code check} changes nothing and ends with 1
 * if something differs. Runs by the JDK alone, so it reads the hub's flat JSON by patterns.
 */
public final class Sweep {
    private static final int CHUNK = 1_000;
    private static final int NAMED = 20;

    /** Those that send and take messages. */
    private static final List<String> MODULES = List.of("channel", "order", "erp");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String hub;
    private final String key;

    private Sweep(String hub, String key) {
        this.hub = hub;
        this.key = key;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        String key = System.getenv("RETAIL_OPERATOR_KEY");
        if (arguments.length != 3 || !arguments[0].matches("sweep|check") || key == null) {
            System.err.println("RETAIL_OPERATOR_KEY=… java Sweep.java sweep|check <hub's address> <since>");
            System.exit(2);
        }
        Sweep sweep = new Sweep(arguments[1], key);
        Instant since = Instant.from(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(arguments[2]));
        boolean mended = arguments[0].equals("check") || sweep.mend(since);
        boolean agrees = sweep.check(since);
        System.exit(mended && (agrees || arguments[0].equals("sweep")) ? 0 : 1);
    }

    /** @return whether all could be sent that had to be */
    private boolean mend(Instant since) throws IOException, InterruptedException {
        List<String> lost = texts(array(compare(since), "lostByErp"), "orderId");
        int again = 0;
        List<String> failed = new ArrayList<>();
        for (List<String> orders : chunks(lost)) {
            String messages = call(
                    "POST",
                    "/api/erp/v1/reconciliation/repost",
                    "{\"reason\":\"restored, swept since " + since + "\",\"orders\":[\"" + String.join("\",\"", orders)
                            + "\"]}");
            for (List<String> some : chunks(objects(array(messages, "messages")))) {
                String sent = call(
                        "POST",
                        "/api/order/v1/sent-messages/resend-missing",
                        "{\"messages\":[" + String.join(",", some) + "]}");
                again += some.size();
                failed.addAll(matches("(\\{[^{}]*\"sent\"\\s*:\\s*false)", sent));
            }
        }
        System.out.println("posted again, lost by the ERP: " + lost.size() + " orders (" + again + " messages)");
        for (String module : List.of("channel", "order", "erp")) {
            String swept = call(
                    "POST", "/api/" + module + "/v1/sent-messages/resend-since", "{\"since\":\"" + since + "\"}");
            System.out.println("sent again by " + module + ": " + number(swept, "sent") + " messages");
            failed.addAll(matches("(\\{[^{}]*\"sent\"\\s*:\\s*false)", swept));
        }
        name("messages that cannot be sent again", failed);
        return failed.isEmpty();
    }

    /** @return whether the stores agree */
    private boolean check(Instant since) throws IOException, InterruptedException {
        String report = compare(since);
        List<String> lost = objects(array(report, "lostByErp"));
        List<String> unknown = objects(array(report, "unknownToHub"));
        System.out.println("since " + since + ": " + number(report, "postings") + " postings in the hub, "
                + number(report, "marks") + " marks in the ERP");
        name("postings that left no mark in the ERP (swept: they come when the fence is off)", lost);
        name("marks of messages that the hub has forgotten (ask their senders to send the orders again)", unknown);
        int missing = 0;
        for (String module : List.of("channel", "order", "erp")) {
            List<String> here = objects(call("GET", "/api/" + module + "/v1/hospital/missing?olderThanSeconds=0", null));
            name("messages that " + module + " waits for", here);
            missing += here.size();
        }
        boolean agrees = lost.isEmpty() && unknown.isEmpty() && missing == 0;
        if (report.contains("\"complete\":false")) {
            System.out.println("more than is listed here differs: sweep again when these are through");
            agrees = false;
        }
        System.out.println(agrees ? "The stores agree." : "The stores differ.");
        return agrees;
    }

    private String compare(Instant since) throws IOException, InterruptedException {
        return call(
                "GET",
                "/api/erp/v1/reconciliation?from=" + since + "&to="
                        + Instant.now().plus(Duration.ofMinutes(1)),
                null);
    }

    private static void name(String what, List<String> found) {
        System.out.println(what + ": " + found.size());
        found.stream().limit(NAMED).forEach(one -> System.out.println("  " + one));
        if (found.size() > NAMED) {
            System.out.println("  and " + (found.size() - NAMED) + " more");
        }
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub + path))
                .timeout(Duration.ofMinutes(10))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String array(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\\[([^\\]]*)]").matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<String> objects(String array) {
        return matches("(\\{[^{}]*})", array);
    }

    private static List<String> texts(String array, String name) {
        return matches("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"", array);
    }

    private static String number(String json, String name) {
        List<String> found = matches("\"" + name + "\"\\s*:\\s*(\\d+)", json);
        return found.isEmpty() ? "?" : found.get(0);
    }

    private static List<String> matches(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<List<String>> chunks(List<String> all) {
        List<List<String>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
        }
        return chunks;
    }
}

package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small piece of everything that is done to stock, by both doors: movements, reservations that are consumed, given back, kept or run out of time, more wishes than there is of one article. Over HTTP the same is sent again until it is answered;
 * a command is sent once. Returns when all of it is done; what must be there then is known to the piece.
 */
final class StockBurst {
    private static final String STOCK = "/api/inventory/v1/";
    private static final String COMMANDS = "inventory.commands";
    private static final String TENANT = "acme";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration HELD_FOR = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCARCE = 3;
    private static final int WISHES = 5;

    private final World world;
    private final String name;
    private int commanded;
    private volatile boolean held;

    /** @param name that nothing else begins with */
    StockBurst(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** What the tables say; all but the first two are faults. */
    record Audit(
            int reservations,
            int commands,
            int oversold,
            int doubled,
            int unhandled,
            int prepared,
            List<String> faults) {
        boolean good() {
            return faults.isEmpty();
        }

        List<Integer> counts() {
            return List.of(reservations, commands, oversold, doubled, unhandled, prepared);
        }
    }

    void run() {
        require(post("movements", movement("A", 100)));
        require(post("movements", movement("D", SCARCE)));
        require(post("movements", movement("B", 50)));
        require(post("movements", movement("C", 20)));
        command(
                "RecordMovement.v1",
                "wms/" + name + "-C-more",
                1,
                "{\"movement\":" + movement("C-more", "C", 20) + "}");
        ExecutorService partners = Executors.newFixedThreadPool(WISHES + 4);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            all.add(CompletableFuture.runAsync(() -> settle("consumed", "consumptions"), partners));
            all.add(CompletableFuture.runAsync(() -> settle("released", "releases"), partners));
            all.add(CompletableFuture.runAsync(() -> reserve("kept", null, wish()), partners));
            all.add(CompletableFuture.runAsync(
                    () -> held = reserve("expired", Instant.now().plus(HELD_FOR).toString(), wish())
                            .ok(),
                    partners));
            for (int i = 0; i < WISHES; i++) {
                int n = i;
                all.add(CompletableFuture.runAsync(() -> reserve("scarce-" + n, null, line("D", 1)), partners));
            }
            commands();
            all.forEach(CompletableFuture::join);
        } finally {
            partners.shutdownNow();
        }
        awaitDone();
    }

    private void commands() {
        for (String each : List.of("commanded-consumed", "commanded-released", "commanded-kept")) {
            commandReservation(each, 1, line("A", 1), line("C", 2));
        }
        step("ConsumeStock.v1", "commanded-consumed");
        step("ReleaseStock.v1", "commanded-released");
        for (int i = 0; i < WISHES; i++) {
            commandReservation("commanded-scarce-" + i, 1, line("D", 1));
        }
    }

    private String[] wish() {
        return new String[] {line("A", 2), line("B", 1)};
    }

    private void settle(String reference, String how) {
        String id = World.require(reserve(reference, null, wish())).text("reservationId");
        require(post("reservations/" + id + "/" + how, "{\"document\":\"" + how + "\"}"));
    }

    private Shop.Answer reserve(String reference, String expiresAt, String... lines) {
        ObjectNode body = JSON.createObjectNode().put("reference", name + "-" + reference);
        if (expiresAt != null) {
            body.put("expiresAt", expiresAt);
        }
        String text = body.toString();
        Shop.Answer answer = post(
                "reservations", text.substring(0, text.length() - 1) + ",\"lines\":[" + String.join(",", lines) + "]}");
        // Nobody can hold anything until a time that is over when the server is back.
        assertTrue(
                answer.ok() || answer.status() == 409 || expiresAt != null && answer.status() == 400, answer::toString);
        return answer;
    }

    private Shop.Answer post(String path, String body) {
        return world.warehouse().post(STOCK + path, body);
    }

    private static void require(Shop.Answer answer) {
        World.require(answer);
    }

    private String movement(String article, int quantity) {
        return movement(article, article, quantity);
    }

    private String movement(String document, String article, int quantity) {
        return "{\"feed\":\"wms\",\"document\":\"" + name + "-" + document
                + "\",\"kind\":\"receipt\",\"sku\":\"" + sku(article)
                + "\",\"location\":\"dc-1\",\"quantity\":" + quantity
                + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"}";
    }

    private String sku(String article) {
        return name + "-" + article;
    }

    private String line(String article, int quantity) {
        return Buyers.line(article, sku(article), quantity);
    }

    private void commandReservation(String reference, int sequence, String... lines) {
        String key = name + "-" + reference;
        command(
                "ReserveStock.v1",
                key,
                sequence,
                "{\"reservation\":{\"reference\":\"" + key + "\",\"lines\":[" + String.join(",", lines) + "]}}");
    }

    private void step(String type, String reference) {
        String key = name + "-" + reference;
        command(type, key, 2, "{\"reference\":\"" + key + "\",\"document\":\"step\"}");
    }

    private void command(String type, String key, int sequence, String body) {
        commanded++;
        world.hub()
                .broker()
                .send(
                        COMMANDS,
                        Map.of(
                                "JMSType",
                                type,
                                "messageId",
                                key.replace('/', '-') + "-" + sequence,
                                "tenant",
                                TENANT,
                                "businessKey",
                                TENANT + "/" + key,
                                "sequence",
                                Integer.toString(sequence),
                                "traceparent",
                                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
                                "causedBy",
                                "",
                                "channel",
                                ""),
                        body);
    }

    private void awaitDone() {
        Probe.until(
                "all that was done to " + name,
                PATIENCE,
                () -> handled() == commanded && (!held || expired() == 1),
                () -> handled() + " of " + commanded + " commands; expired " + expired() + " of " + held + "; "
                        + books().openCases() + "; " + world.hub().lastLines());
    }

    private Books books() {
        return world.hub().books();
    }

    private int handled() {
        return books().number(
                        "retailhub",
                        "select coalesce(sum(last_sequence), 0) from inventory.inbox where queue = ?"
                                + " and (starts_with(business_key, ?) or starts_with(business_key, ?))",
                        COMMANDS,
                        TENANT + "/" + name + "-",
                        TENANT + "/wms/" + name + "-");
    }

    private int expired() {
        return books().number(
                        "retailhub",
                        "select count(*) from inventory.reservation where reference = ? and state = 'expired'",
                        name + "-expired");
    }

    /** Counts in the tables. */
    Audit audit() {
        List<String> faults = new ArrayList<>();
        expect(faults, "A", "97/3");
        expect(faults, "B", "49/1");
        expect(faults, "C", "38/2");
        expect(faults, "D", SCARCE + "/" + SCARCE);
        int oversold = books().number(
                        "retailhub",
                        "select count(*) from inventory.position where starts_with(sku, ?) and reserved > on_hand",
                        name + "-");
        faults(faults, oversold, "positions are oversold");
        faults(faults, books().number("retailhub", """
                select count(*) from inventory.position p where starts_with(sku, ?) and reserved <> (select coalesce(sum(h.held), 0)
                  from inventory.reservation_hold h join inventory.reservation r using (reservation_id)
                  where r.tenant = p.tenant and h.sku = p.sku and h.location = p.location)""", name + "-"), "positions hold other than their reservations");
        int doubled = books().number("retailhub", """
                select count(*) from (select reference, sku from inventory.movement where starts_with(reference, ?)
                  and kind = 'reservation' group by reference, sku having count(*) > 1) d""", name + "-");
        faults(faults, doubled, "reservations are in the ledger twice");
        faults(faults, books().number("retailhub", """
                select count(*) from (select business_key from inventory.sent_message where business_key like ?
                  group by business_key having count(*) <> max(sequence)) g""", "%" + name + "-%"), "keys were told with a gap");
        world.operator()
                .get(STOCK + "verification?tenant=" + TENANT)
                .body()
                .path("faults")
                .findValuesAsText("what")
                .forEach(faults::add);
        int unhandled = commanded - handled();
        faults(faults, unhandled, "commands are not handled");
        books().openCases().stream().filter(each -> each.contains(name + "-")).forEach(faults::add);
        int prepared = books().preparedLeft();
        faults(faults, prepared, "branches are left prepared");
        int reservations = books().number(
                        "retailhub",
                        "select count(*) from inventory.reservation where starts_with(reference, ?)",
                        name + "-");
        return new Audit(reservations, commanded, oversold, doubled, unhandled, prepared, faults);
    }

    private static void faults(List<String> faults, int count, String what) {
        if (count != 0) {
            faults.add(count + " " + what);
        }
    }

    private void expect(List<String> faults, String article, String balance) {
        List<String> found = books().query(
                        "retailhub",
                        "select trim_scale(on_hand) || '/' || trim_scale(reserved) from inventory.position where tenant = ? and sku = ?",
                        row -> row.getString(1),
                        TENANT,
                        sku(article));
        if (!found.equals(List.of(balance))) {
            faults.add(article + " is " + found + " and should be " + balance);
        }
    }
}

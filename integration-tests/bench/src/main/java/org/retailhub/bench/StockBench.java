package org.retailhub.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.retailhub.trade.HubClient;

/** The parts about stock: what can be sold is asked as fast as it is answered, and one hot SKU is reserved. */
final class StockBench {
    private static final String LOCATION = "bench-1";
    private static final int SKUS = 1_000;
    private static final int ON_HAND = 1_000;
    private static final int CONNECTIONS = 128;
    /** More than a run can reserve. */
    private static final int PLENTY = 50_000_000;
    /** Fewer than are wanted. */
    private static final int FEW = 5_000;

    /** A load that sends as fast as it is answered. */
    interface Loads {
        Load closed(Requests requests, int connections);
    }

    private final Settings settings;
    private final Figures figures;
    private final Postgres postgres;
    private final HubClient hub;
    private final String host;
    private final String key;
    private final String run;
    private final Loads loads;

    /** @param run begins names, so that runs do not meet */
    StockBench(
            Settings settings,
            Figures figures,
            Postgres postgres,
            HubClient hub,
            String host,
            String key,
            String run,
            Loads loads) {
        this.settings = settings;
        this.figures = figures;
        this.postgres = postgres;
        this.hub = hub;
        this.host = host;
        this.key = key;
        this.run = run;
        this.loads = loads;
    }

    /** Not measured: the server's compiler does its work. */
    Requests warmLookups() throws IOException {
        List<String> skus =
                IntStream.range(0, SKUS).mapToObj(i -> run + "L" + i).toList();
        skus.forEach(sku -> receive(sku, ON_HAND));
        Requests requests = new StockLookups(host, key, LOCATION, skus, ON_HAND);
        loads.closed(requests, CONNECTIONS).run(half(settings.warmUp()));
        return requests;
    }

    void lookups(Requests requests) throws IOException {
        Load.Result result = loads.closed(requests, CONNECTIONS).run(settings.alone());
        tellOthers(result);
        figures.atLeast("lookups: answered, one SKU each", result.perSecond(), "lookups/s", 8_000);
        figures.tell("lookups: p50", result.latencies().quantile(0.5), "ms");
        figures.atMost("lookups: p99", result.latencies().quantile(0.99), "ms", 25);
        figures.atMost("lookups: answers other than what is there", result.sent() - result.accepted(), "answers", 0);
    }

    /** Not measured. @return what reserves the hot SKU, of which there is plenty */
    Requests warmReservations() throws IOException {
        receive(run + "HOT", PLENTY);
        Requests requests = reservations(run + "HOT");
        loads.closed(reservations(run + "HOT"), CONNECTIONS).run(half(settings.warmUp()));
        return requests;
    }

    private Requests reservations(String sku) {
        return new StockReservations(host, key, sku + "-", LOCATION, sku);
    }

    /** Counted in the tables: what was answered is held, and of a SKU that more was wanted of than there is, all and no more. */
    void reservations(Requests requests) throws IOException, SQLException {
        long before = postgres.stock(run + "HOT").held();
        Load.Result result = loads.closed(requests, CONNECTIONS).run(settings.alone());
        tellOthers(result);
        Postgres.Stock hot = postgres.stock(run + "HOT");
        figures.atLeast("reservations: one hot SKU", result.perSecond(), "per second", 1_500);
        figures.tell("reservations: p50", result.latencies().quantile(0.5), "ms");
        figures.tell("reservations: p99", result.latencies().quantile(0.99), "ms");
        figures.atMost("reservations: answers other than held", result.sent() - result.accepted(), "answers", 0);
        figures.atMost(
                "reservations: held in the tables, but not answered so, or the reverse",
                Math.abs(hot.held() - before - result.accepted()),
                "reservations",
                0);
        figures.atMost(
                "reservations: position against reservations", Math.abs(hot.reserved() - hot.held()), "units", 0);
        receive(run + "FEW", FEW);
        Load.Result wanted =
                loads.closed(reservations(run + "FEW"), CONNECTIONS).run(Duration.ofMinutes(5), FEW + FEW / 2);
        Postgres.Stock few = postgres.stock(run + "FEW");
        figures.tell("reservations: of " + FEW + " units wanted", wanted.sent(), "units");
        figures.atMost("reservations: oversold", Math.max(0, few.held() - FEW), "units", 0);
        figures.atMost("reservations: not sold though there", Math.max(0, FEW - few.held()), "units", 0);
        figures.atMost(
                "reservations: answers against what is held", Math.abs(wanted.accepted() - few.held()), "units", 0);
        figures.atMost(
                "reservations: refused otherwise than as out of stock",
                wanted.sent() - wanted.accepted() - wanted.otherAnswers().getOrDefault("409 INV-2003", 0L),
                "answers",
                0);
    }

    private void receive(String sku, int quantity) {
        hub.post(
                        "/api/inventory/v1/movements",
                        HubClient.json()
                                .put("feed", "bench")
                                .put("document", sku)
                                .put("kind", "receipt")
                                .put("sku", sku)
                                .put("location", LOCATION)
                                .put("quantity", quantity)
                                .put("occurredAt", "2026-11-23T10:00:00+01:00"))
                .expect(200, 201);
    }

    private static void tellOthers(Load.Result result) {
        result.otherAnswers().forEach((kind, count) -> System.out.println("    " + count + " × " + kind));
    }

    private static Duration half(Duration whole) {
        return whole.dividedBy(2);
    }
}

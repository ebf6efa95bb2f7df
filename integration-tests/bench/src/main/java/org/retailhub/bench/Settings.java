package org.retailhub.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long each part takes, and which parts run.
 *
 * @param only names of parts; empty for all
 */
record Settings(
        Duration warmUp,
        Duration raw,
        Duration together,
        Duration alone,
        int loneRequests,
        boolean profile,
        boolean erpAsleep,
        Set<String> only) {
    static final String USAGE = """
            ./retail bench [--quick] [--warm-up SECONDS] [--together SECONDS] [--alone SECONDS] [--raw SECONDS] [--only PART,…]
                           [--no-profile] [--erp-asleep]
              --quick       about 3 minutes, for development: not warm enough to judge by
              --only        lookups, reservations, lone, together, webhook, sourced, alone, posting (posting needs alone)
              --erp-asleep  the ERP's import rests while intake and drains are measured together, and catches up afterwards
            Writes target/bench.tsv and, for each part, target/profile-<part>.txt.""";

    private static final List<String> DURATIONS = List.of("--warm-up", "--raw", "--together", "--alone");
    private static final Set<String> OF_ORDERS = Set.of("lone", "together", "webhook", "sourced", "alone", "posting");
    private static final Set<String> OF_STOCK = Set.of("lookups", "reservations");
    private static final Set<String> PARTS =
            Stream.concat(OF_ORDERS.stream(), OF_STOCK.stream()).collect(Collectors.toUnmodifiableSet());

    static Settings of(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        Settings settings = quick
                ? new Settings(seconds(25), seconds(4), seconds(40), seconds(15), 150, true, false, PARTS)
                : new Settings(seconds(120), seconds(20), seconds(300), seconds(60), 500, true, false, PARTS);
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> {
                    // Chosen above: single values may still be changed.
                }
                case "--no-profile" ->
                    settings = settings.copy(settings.durations(), false, settings.erpAsleep, settings.only);
                case "--erp-asleep" ->
                    settings = settings.copy(settings.durations(), settings.profile, true, settings.only);
                case "--only" ->
                    settings = settings.copy(
                            settings.durations(), settings.profile, settings.erpAsleep, parts(arguments, ++i));
                default -> {
                    int which = DURATIONS.indexOf(arguments.get(i));
                    if (which < 0) {
                        throw new IllegalArgumentException("unknown option " + arguments.get(i));
                    }
                    settings = settings.longer(which, value(arguments, ++i));
                }
            }
        }
        return settings;
    }

    private Settings longer(int which, Duration value) {
        Duration[] durations = durations();
        durations[which] = value;
        return copy(durations, profile, erpAsleep, only);
    }

    private Duration[] durations() {
        return new Duration[] {warmUp, raw, together, alone};
    }

    private Settings copy(Duration[] durations, boolean record, boolean asleep, Set<String> parts) {
        return new Settings(
                durations[0], durations[1], durations[2], durations[3], loneRequests, record, asleep, parts);
    }

    boolean runs(String part) {
        return only.contains(part);
    }

    boolean sellsOrders() {
        return only.stream().anyMatch(OF_ORDERS::contains);
    }

    private static Set<String> parts(List<String> arguments, int at) {
        Set<String> parts = new TreeSet<>(
                List.of(text(arguments, at).toLowerCase(Locale.ROOT).split(",")));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("parts are " + new TreeSet<>(PARTS));
        }
        return parts;
    }

    private static Duration value(List<String> arguments, int at) {
        return seconds(Integer.parseInt(text(arguments, at)));
    }

    private static String text(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException("no value for " + arguments.get(at - 1));
        }
        return arguments.get(at);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}

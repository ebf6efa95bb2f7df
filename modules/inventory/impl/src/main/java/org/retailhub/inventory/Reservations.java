package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.inventory.domain.Reservation.Hold;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of reservations, their holds and their steps. Locked before any position, in the order of their ids. */
public final class Reservations {
    private static final String COLUMNS =
            "r.reservation_id, r.tenant, r.state, r.document, r.granted, r.created_at, r.expires_at, r.state_since, r.event_sequence ";

    private final Database database;

    Reservations(Database database) {
        this.database = database;
    }

    /** An owner's name of a reservation. */
    record Name(String tenant, String reference) {}

    /**
     * Takes the names until the transaction ends, also a prepared one; waits for none.
     *
     * @return per name whether it got it
     */
    List<Boolean> lockNames(List<Name> names) {
        return names.isEmpty()
                ? List.of()
                : database.query(
                        """
                        select pg_try_advisory_xact_lock(hashtextextended('reservation ' || k.tenant || ' ' || k.reference, 0))
                        from unnest(?, ?) with ordinality as k(tenant, reference, n) order by n""",
                        row -> row.getBoolean(1),
                        names.stream().map(Name::tenant).toArray(String[]::new),
                        names.stream().map(Name::reference).toArray(String[]::new));
    }

    /** Those that there are under these names, not locked. */
    Map<Name, Reservation> known(Collection<Name> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        return byName(database.query(
                "select " + COLUMNS
                        + "from unnest(?, ?) as k(tenant, reference) join reservation r using (tenant, reference)",
                Reservations::read,
                names.stream().map(Name::tenant).toArray(String[]::new),
                names.stream().map(Name::reference).toArray(String[]::new)));
    }

    private Map<Name, Reservation> byName(List<Reservation> bare) {
        Map<Name, Reservation> known = new HashMap<>();
        withHolds(bare).values().forEach(each -> known.put(new Name(each.tenant(), each.reference()), each));
        return known;
    }

    public Optional<Reservation> find(String id) {
        return Optional.ofNullable(withHolds(database.query(
                        "select " + COLUMNS + "from reservation r where r.reservation_id = ?", Reservations::read, id))
                .get(id));
    }

    public Optional<Reservation> find(String tenant, String reference) {
        return Optional.ofNullable(known(List.of(new Name(tenant, reference))).get(new Name(tenant, reference)));
    }

    /** By their ids, and by their owners' names. @param waits whether for rows that others have in hand; else they are left out */
    List<Reservation> lock(Collection<String> ids, Collection<Name> names, boolean waits) {
        List<Reservation> locked = new ArrayList<>();
        if (!ids.isEmpty() || !names.isEmpty()) {
            locked.addAll(database.query(
                    "select " + COLUMNS + """
                            from reservation r where r.reservation_id = any(?) or (r.tenant, r.reference) in (
                              select * from unnest(?, ?)) order by r.reservation_id for update of r""" + (waits ? "" : " skip locked"),
                    Reservations::read,
                    ids.toArray(String[]::new),
                    names.stream().map(Name::tenant).toArray(String[]::new),
                    names.stream().map(Name::reference).toArray(String[]::new)));
        }
        return List.copyOf(withHolds(locked).values());
    }

    /** A reservation whose time is over. */
    record Due(String tenant, String id) {}

    /** The oldest first. */
    List<Due> due(Instant now, int most) {
        return database.query(
                "select tenant, reservation_id from reservation where state = 'held' and expires_at <= ? order by expires_at limit ?",
                row -> new Due(row.getString(1), row.getString(2)),
                now,
                most);
    }

    private Map<String, Reservation> withHolds(List<Reservation> bare) {
        Map<String, Reservation> whole = new TreeMap<>();
        if (bare.isEmpty()) {
            return whole;
        }
        bare.forEach(each -> whole.put(each.id(), each));
        database.query(
                """
                select reservation_id, sku, location, held, released, consumed from reservation_hold where reservation_id = any(?)""",
                row -> {
                    Reservation owner =
                            Objects.requireNonNull(whole.get(row.getString(1)), "only those that were asked for");
                    return owner.holds()
                            .put(
                                    new PositionKey(owner.tenant(), row.getString(2), row.getString(3)),
                                    new Hold(row.getBigDecimal(4), row.getBigDecimal(5), row.getBigDecimal(6)));
                },
                (Object) whole.keySet().toArray(String[]::new));
        return whole;
    }

    private static Reservation read(ResultSet row) throws SQLException {
        return new Reservation(
                row.getString(1),
                row.getString(2),
                ReservationDocument.read(row.getString(4)),
                List.of((BigDecimal[]) row.getArray(5).getArray()),
                Reservation.State.of(row.getString(3)),
                time(row, 6),
                time(row, 7),
                time(row, 8),
                new TreeMap<>(),
                row.getLong(9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** New ones, and those that were refused before. */
    void store(List<Reservation> all) {
        if (all.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into reservation (reservation_id, tenant, reference, channel, state, document, granted, created_at, expires_at,
                  state_since, event_sequence)
                select d.id, d.tenant, d.reference, d.channel, d.state, d.document, d.granted::numeric[], d.created, d.expires, d.since,
                  d.events
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as d(id, tenant, reference, channel, state, document, granted, created, expires, since, events)
                on conflict (reservation_id) do update set state = excluded.state, granted = excluded.granted,
                  expires_at = excluded.expires_at, state_since = excluded.state_since, event_sequence = excluded.event_sequence""",
                all.stream().map(Reservation::id).toArray(String[]::new),
                all.stream().map(Reservation::tenant).toArray(String[]::new),
                all.stream().map(Reservation::reference).toArray(String[]::new),
                all.stream().map(Reservation::channel).toArray(String[]::new),
                all.stream().map(each -> each.state().wire()).toArray(String[]::new),
                all.stream().map(each -> each.document().json()).toArray(String[]::new),
                all.stream().map(each -> array(each.granted())).toArray(String[]::new),
                all.stream().map(Reservation::createdAt).toArray(Instant[]::new),
                all.stream().map(Reservation::expiresAt).toArray(Instant[]::new),
                all.stream().map(Reservation::stateSince).toArray(Instant[]::new),
                all.stream().map(Reservation::eventSequence).toArray(Long[]::new));
        storeHolds(all);
    }

    /** What a step made of them. */
    void update(List<Reservation> changed) {
        if (changed.isEmpty()) {
            return;
        }
        database.update(
                """
                update reservation r set state = d.state, state_since = d.since, event_sequence = d.events
                from unnest(?, ?, ?, ?) as d(id, state, since, events) where r.reservation_id = d.id""",
                changed.stream().map(Reservation::id).toArray(String[]::new),
                changed.stream().map(each -> each.state().wire()).toArray(String[]::new),
                changed.stream().map(Reservation::stateSince).toArray(Instant[]::new),
                changed.stream().map(Reservation::eventSequence).toArray(Long[]::new));
        storeHolds(changed);
    }

    private void storeHolds(List<Reservation> all) {
        List<String> ids = new ArrayList<>();
        List<PositionKey> positions = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        all.forEach(each -> each.holds().forEach((position, hold) -> {
            ids.add(each.id());
            positions.add(position);
            holds.add(hold);
        }));
        if (!ids.isEmpty()) {
            database.update(
                    """
                    insert into reservation_hold (reservation_id, sku, location, held, released, consumed)
                    select * from unnest(?, ?, ?, ?, ?, ?)
                    on conflict (reservation_id, sku, location) do update
                    set held = excluded.held, released = excluded.released, consumed = excluded.consumed""",
                    ids.toArray(String[]::new),
                    Positions.skus(positions),
                    Positions.locations(positions),
                    holds.stream().map(Hold::held).toArray(BigDecimal[]::new),
                    holds.stream().map(Hold::released).toArray(BigDecimal[]::new),
                    holds.stream().map(Hold::consumed).toArray(BigDecimal[]::new));
        }
    }

    private static String array(List<BigDecimal> numbers) {
        return Arrays.toString(numbers.stream().map(BigDecimal::toPlainString).toArray())
                .replace('[', '{')
                .replace(']', '}');
    }

    /** What was done with a reservation under a document. */
    record StepKey(String reservationId, String kind, String document) {}

    /** The contents of steps that were done. */
    Map<StepKey, String> steps(Collection<StepKey> keys) {
        Map<StepKey, String> done = new HashMap<>();
        if (!keys.isEmpty()) {
            database.query(
                    """
                    select s.reservation_id, s.kind, s.document, s.content
                    from unnest(?, ?, ?) as k(reservation_id, kind, document) join reservation_step s
                      using (reservation_id, kind, document)""",
                    row -> done.put(
                            new StepKey(row.getString(1), row.getString(2), row.getString(3)), row.getString(4)),
                    keys.stream().map(StepKey::reservationId).toArray(String[]::new),
                    keys.stream().map(StepKey::kind).toArray(String[]::new),
                    keys.stream().map(StepKey::document).toArray(String[]::new));
        }
        return done;
    }

    void done(Map<StepKey, String> steps, Instant now) {
        if (!steps.isEmpty()) {
            List<Map.Entry<StepKey, String>> rows = List.copyOf(steps.entrySet());
            database.update(
                    """
                    insert into reservation_step (recorded_at, reservation_id, kind, document, content)
                    select ?, * from unnest(?, ?, ?, ?)""",
                    now,
                    rows.stream().map(row -> row.getKey().reservationId()).toArray(String[]::new),
                    rows.stream().map(row -> row.getKey().kind()).toArray(String[]::new),
                    rows.stream().map(row -> row.getKey().document()).toArray(String[]::new),
                    rows.stream().map(Map.Entry::getValue).toArray(String[]::new));
        }
    }

    static SortedMap<PositionKey, Hold> holdsOf(SortedMap<PositionKey, BigDecimal> quantities) {
        SortedMap<PositionKey, Hold> holds = new TreeMap<>();
        quantities.forEach((position, quantity) -> holds.put(position, Hold.of(quantity)));
        return holds;
    }
}

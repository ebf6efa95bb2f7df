package org.retailhub.platform.runtime.sent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** The promise: a logged message goes out again as it was, under its id and number, or not at all; nothing is logged twice. */
class SentMessagesTest {
    private static final String QUEUE = "test.queue";
    private static TemporaryPostgres postgres;

    private final Hands clock = new Hands(Instant.parse("2026-11-25T10:00:00Z"));
    private final RecordingBroker broker = new RecordingBroker();
    private final Map<SentMessages.Key, String> made = new HashMap<>();
    private OneConnection connection;
    private Database database;
    private MessageSender sender;
    private SentMessages messages;

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void connect() {
        connection = new OneConnection(postgres.url("erp_app"));
        database = new Database(connection);
        database.update("delete from sent_message");
        sender = new MessageSender(database, broker.factory(), Map.of(QUEUE, broker.queue), clock);
        Bodies bodies = keys -> {
            Map<SentMessages.Key, String> found = new HashMap<>(made);
            found.keySet().retainAll(keys);
            return found;
        };
        messages = new SentMessages(
                database, sender, bodies, new Transactions(transaction(), 60), new Trace(database, clock));
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    @Test
    void sendsAKeptBodyAgainAsItWas() {
        send("a", 1, "{\"n\":1}", true);
        Map<String, Object> first = broker.sent.get(0);
        assertTrue(resend(key("a", 1)).sent());
        assertEquals(first, broker.sent.get(1));
        assertEquals(1, logged());
    }

    @Test
    void makesABodyAgainAndSendsItOnlyIfItIsTheSame() {
        send("a", 1, "{\"n\":1}", false);
        made.put(key("a", 1), "{\"n\":1}");
        assertTrue(resend(key("a", 1)).sent());
        assertEquals(broker.sent.get(0), broker.sent.get(1));
        made.put(key("a", 1), "{\"n\": 1}");
        assertEquals(RuntimeError.BODY_LOST, resend(key("a", 1)).problem().code());
        made.clear();
        assertEquals(RuntimeError.BODY_LOST, resend(key("a", 1)).problem().code());
        assertEquals(2, broker.sent.size());
    }

    @Test
    void eachOfAListStandsForItself() {
        send("a", 1, "{}", true);
        List<SentMessages.Result> results = messages.resend(List.of(key("b", 1), key("a", 1), key("a", 2)), "tester");
        assertEquals(
                List.of(false, true, false),
                results.stream().map(SentMessages.Result::sent).toList());
        assertEquals(RuntimeError.NO_SUCH_MESSAGE, results.get(0).problem().code());
    }

    @Test
    void sendsAgainAllSinceATimePageByPageInSequence() {
        send("before", 1, "{}", true);
        clock.forward(Duration.ofSeconds(1));
        Instant since = clock.instant();
        for (int i = 1; i <= 700; i++) {
            send("k" + i % 3, 1 + (i - 1) / 3, "{}", true);
        }
        broker.sent.clear();
        SentMessages.Sweep sweep = messages.resendSince(since, "tester");
        assertEquals(700, sweep.sent());
        assertEquals(List.of(), sweep.failed());
        Map<Object, Long> last = new HashMap<>();
        for (Map<String, Object> one : broker.sent) {
            long number = (long) one.get("sequence");
            assertEquals(last.getOrDefault(one.get("businessKey"), 0L) + 1, number);
            last.put(one.get("businessKey"), number);
        }
        assertEquals(3, last.size(), last::toString);
    }

    private void send(String businessKey, long sequence, String body, boolean keep) {
        sender.send(List.of(new OutboundMessage(
                QUEUE,
                new Envelope(
                        businessKey + sequence, "Test.v1", "acme", businessKey, sequence, "trace", "", "shop", body),
                keep)));
    }

    private SentMessages.Result resend(SentMessages.Key key) {
        return messages.resend(List.of(key), "tester").get(0);
    }

    private static SentMessages.Key key(String businessKey, long sequence) {
        return new SentMessages.Key(QUEUE, businessKey, sequence);
    }

    private int logged() {
        return database.query("select 1 from sent_message", row -> 1).size();
    }

    /** The test's connection is its own transaction. */
    private UserTransaction transaction() {
        return (UserTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (proxy, method, arguments) -> method.getName().equals("getStatus") ? Status.STATUS_ACTIVE : null);
    }
}

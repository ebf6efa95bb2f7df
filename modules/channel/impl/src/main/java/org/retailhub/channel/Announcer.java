package org.retailhub.channel;

import java.time.Duration;
import java.util.List;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/** Sends the messages of payloads that were stored while the broker did not answer, and tells the door when it does. */
final class Announcer implements Loop.Step {
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int BATCH = 128;

    private final Payloads payloads;
    private final MessageSender sender;
    private final Transactions transactions;
    private final Runnable brokerAnswers;

    Announcer(Payloads payloads, MessageSender sender, Transactions transactions, Runnable brokerAnswers) {
        this.payloads = payloads;
        this.sender = sender;
        this.transactions = transactions;
        this.brokerAnswers = brokerAnswers;
    }

    @Override
    public String name() {
        return "channel-announcer";
    }

    @Override
    public Loop.Next step() {
        int sent = transactions.call(() -> announce(payloads, sender), some -> some > 0);
        brokerAnswers.run();
        return sent == 0 ? Loop.Next.after(IDLE) : Loop.Next.atOnce();
    }

    /** In the caller's transaction. @return how many */
    static int announce(Payloads payloads, MessageSender sender) {
        List<RawPayload> waiting = payloads.takeUnannounced(BATCH);
        sender.send(waiting.stream().map(PayloadIntake::message).toList());
        return waiting.size();
    }
}

package org.retailhub.platform.runtime.messaging;

import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

/**
 * Where a drain takes its messages from.
 *
 * @param name the queue's name: a command queue, or the durable queue of one module on an event address
 * @param destination the queue or topic
 * @param dead where the bytes of a message go that cannot even be parked
 */
public record Source(String name, Destination destination, Queue dead) {
    JMSConsumer consumer(JMSContext context) {
        return destination instanceof Topic topic
                ? context.createSharedDurableConsumer(topic, name)
                : context.createConsumer(destination);
    }
}

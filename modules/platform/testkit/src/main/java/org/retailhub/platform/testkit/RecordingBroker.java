package org.retailhub.platform.testkit;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker that keeps what was sent: the message's properties, its type and body under {@code type} and {@code body}. */
public final class RecordingBroker {
    public final List<Map<String, Object>> sent = new ArrayList<>();
    public final Destination queue = proxy(Queue.class, (name, arguments) -> null);

    private interface Call {
        @Nullable
        Object answer(String method, Object[] arguments);
    }

    public ConnectionFactory factory() {
        JMSProducer producer = proxy(JMSProducer.class, (name, arguments) -> {
            if (name.equals("send")) {
                sent.add(contents.get(arguments[1]));
            }
            return null;
        });
        JMSContext context = proxy(JMSContext.class, (name, arguments) -> switch (name) {
            case "createProducer" -> producer;
            case "createTextMessage" -> message((String) arguments[0]);
            default -> null;
        });
        return proxy(ConnectionFactory.class, (name, arguments) -> context);
    }

    private final Map<Object, Map<String, Object>> contents = new java.util.IdentityHashMap<>();

    private TextMessage message(String body) {
        Map<String, Object> content = new HashMap<>(Map.of("body", body));
        TextMessage message = proxy(TextMessage.class, (name, arguments) -> {
            if (name.equals("setJMSType")) {
                content.put("type", arguments[0]);
            } else if (name.startsWith("set")) {
                content.put((String) arguments[0], arguments[1]);
            }
            return null;
        });
        contents.put(message, content);
        return message;
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Call call) {
        return (T) Proxy.newProxyInstance(
                RecordingBroker.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method.getName(), arguments));
    }
}

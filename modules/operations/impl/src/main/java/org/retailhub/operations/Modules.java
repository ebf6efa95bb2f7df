package org.retailhub.operations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.sql.SqlFailures;

/** The modules that are asked. One that does not answer, since its database is down, does not keep the others from it. */
public final class Modules {
    private static final Logger LOG = Logger.getLogger(Modules.class);

    /** @param unanswered names of those that did not answer */
    public record Answers<T>(Map<String, T> byModule, Set<String> unanswered) {}

    private final Map<String, Insight> modules;

    public Modules(Map<String, Insight> modules) {
        this.modules = new LinkedHashMap<>(modules);
    }

    /** By name, in the order in which an order passes through them. */
    public Map<String, Insight> byName() {
        return Collections.unmodifiableMap(modules);
    }

    public <T> Answers<T> ask(Function<Insight, T> question) {
        Map<String, T> answers = new LinkedHashMap<>();
        Set<String> unanswered = new TreeSet<>();
        modules.forEach((name, module) -> {
            try {
                answers.put(name, question.apply(module));
            } catch (RuntimeException e) {
                if (!SqlFailures.isDependencyDown(e)) {
                    throw e;
                }
                LOG.warnf("RUN-3001 %s does not answer: %s", name, e.getMessage());
                unanswered.add(name);
            }
        });
        return new Answers<>(answers, unanswered);
    }
}

package org.retailhub.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.retailhub.operations.domain.Story;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Insight;

/**
 * One story out of the modules' parts. What a module knows under one name leads to other names, which all modules are asked for, until
 * nothing new comes. Only names of what the caller may see are followed.
 */
public final class Traces {
    private static final int MOST_ROUNDS = 5;
    private static final int MOST_NAMES = 300;

    private final Modules modules;

    public Traces(Modules modules) {
        this.modules = modules;
    }

    /** Empty if nothing that the caller may see has the name. */
    public Optional<Story> of(String name, CallContext caller) {
        Map<String, Story.Place> subjects = new LinkedHashMap<>();
        Set<Story.Event> events = new LinkedHashSet<>();
        Set<String> unanswered = new TreeSet<>();
        Set<String> asked = new HashSet<>();
        Set<String> next = Set.of(name);
        boolean complete = true;
        for (int round = 0; round < MOST_ROUNDS && !next.isEmpty(); round++) {
            Set<String> names = next;
            asked.addAll(names);
            Modules.Answers<Insight.Story> answers = modules.ask(module -> module.story(names));
            unanswered.addAll(answers.unanswered());
            Map<String, Set<String>> channels = channels(answers.byModule());
            Set<String> leads = new LinkedHashSet<>();
            for (Map.Entry<String, Insight.Story> answer : answers.byModule().entrySet()) {
                complete &= answer.getValue().complete();
                Set<String> visible = new HashSet<>();
                for (Insight.Subject each : answer.getValue().subjects()) {
                    if (maySee(caller, each, channels.getOrDefault(each.key(), Set.of()))) {
                        visible.add(each.key());
                        subjects.put(answer.getKey() + '\n' + each.key(), new Story.Place(answer.getKey(), each));
                        leads.addAll(each.names());
                    }
                }
                answer.getValue().steps().stream()
                        .filter(step -> visible.contains(step.key()))
                        .forEach(step -> events.add(new Story.Event(answer.getKey(), step)));
            }
            leads.removeAll(asked);
            complete &= leads.size() <= MOST_NAMES;
            next = new LinkedHashSet<>(leads.stream().limit(MOST_NAMES).toList());
        }
        if (subjects.isEmpty() && unanswered.isEmpty()) {
            return Optional.empty();
        }
        List<Story.Event> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(event -> event.step().at()));
        return Optional.of(
                new Story(List.copyOf(subjects.values()), sorted, complete && next.isEmpty(), Set.copyOf(unanswered)));
    }

    /** A module that does not know a key's channel is helped by one that does. */
    private static Map<String, Set<String>> channels(Map<String, Insight.Story> parts) {
        Map<String, Set<String>> channels = new HashMap<>();
        parts.values().stream()
                .flatMap(part -> part.subjects().stream())
                .filter(subject -> subject.channel() != null)
                .forEach(subject -> channels.computeIfAbsent(subject.key(), k -> new HashSet<>())
                        .add(subject.channel()));
        return channels;
    }

    private static boolean maySee(CallContext caller, Insight.Subject subject, Set<String> channels) {
        if (!caller.maySee(subject.tenant())) {
            return false;
        }
        String own = subject.channel();
        Set<String> its = own == null ? channels : Set.of(own);
        return caller.isOperator()
                || caller.channels().isEmpty()
                || !its.isEmpty() && its.stream().allMatch(caller::maySpeakFor);
    }
}

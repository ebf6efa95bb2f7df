package org.retailhub.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Who may use whose api: {@code compile-graph.properties}. */
record CompileGraph(Map<String, Set<String>> allowed) {

    static CompileGraph ofTheDesign() {
        Properties lines = new Properties();
        try (InputStream in = CompileGraph.class.getResourceAsStream("/compile-graph.properties")) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Set<String>> allowed = new TreeMap<>();
        lines.stringPropertyNames().forEach(name -> {
            Set<String> others =
                    new LinkedHashSet<>(List.of(lines.getProperty(name).strip().split("\\s*,\\s*")));
            others.remove("");
            allowed.put(name, others);
        });
        return new CompileGraph(allowed);
    }

    boolean knows(String module) {
        return allowed.containsKey(module);
    }

    boolean allows(String from, String to) {
        return from.equals(to) || allowed.getOrDefault(from, Set.of()).contains(to);
    }

    /** One cycle as its path, or empty. */
    List<String> cycle() {
        Map<String, Boolean> done = new HashMap<>();
        for (String start : allowed.keySet()) {
            List<String> cycle = walk(start, new ArrayList<>(), done);
            if (!cycle.isEmpty()) {
                return cycle;
            }
        }
        return List.of();
    }

    private List<String> walk(String at, List<String> path, Map<String, Boolean> done) {
        path.add(at);
        if (path.indexOf(at) < path.size() - 1) {
            return path.subList(path.indexOf(at), path.size());
        }
        if (done.putIfAbsent(at, true) == null || path.size() > 1) {
            for (String next : allowed.getOrDefault(at, Set.of())) {
                List<String> cycle = walk(next, path, done);
                if (!cycle.isEmpty()) {
                    return cycle;
                }
            }
        }
        path.remove(path.size() - 1);
        return List.of();
    }
}

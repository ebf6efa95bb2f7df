package org.retailhub.operations.domain;

/** Writes figures in Prometheus' text format, version 0.0.4. */
public final class Exposition {
    private final StringBuilder text = new StringBuilder();
    private String name = "";

    /** Begins a metric; its values follow. */
    public void gauge(String metric, String help) {
        name = metric;
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(" gauge\n");
    }

    /** @param labels name, value, name, value … */
    public void value(long value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

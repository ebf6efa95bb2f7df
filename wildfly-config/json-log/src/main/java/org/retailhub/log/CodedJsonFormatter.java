package org.retailhub.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, as the server writes it, with the message's code in a field {@code code}: {@code ERP-2003},
 * {@code WFLYSRV0025}. Whoever collects logs counts and alarms by it without taking texts apart.
 */
public class CodedJsonFormatter extends JsonFormatter {
    private static final Pattern OURS = Pattern.compile("\\b[A-Z]{3}-\\d{4}\\b");
    private static final Pattern SERVERS = Pattern.compile("^[A-Z]{3,12}\\d{4,6}(?=:)");

    @Override
    protected void after(Generator generator, ExtLogRecord record) throws Exception {
        super.after(generator, record);
        String code = codeOf(record.getFormattedMessage());
        if (code != null) {
            generator.add("code", code);
        }
    }

    /** Null if there is none. */
    static @Nullable String codeOf(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher server = SERVERS.matcher(message);
        if (server.find()) {
            return server.group();
        }
        Matcher ours = OURS.matcher(message);
        return ours.find() ? ours.group() : null;
    }
}

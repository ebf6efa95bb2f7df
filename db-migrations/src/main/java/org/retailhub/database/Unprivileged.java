package org.retailhub.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as is. Root runs it in a user namespace of its own (files stay
 * root's); where the kernel forbids that, as user {@code postgres} or {@code nobody}, who then owns the data.
 */
final class Unprivileged {
    private final List<String> prefix;
    private final @Nullable String owner;

    private Unprivileged(List<String> prefix, @Nullable String owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Decides for the given folder: data that already belongs to another user is run as that user. */
    static Unprivileged forFolder(Path folder) {
        if (!"0".equals(output(List.of("id", "-u")))) {
            return new Unprivileged(List.of(), null);
        }
        String owner = ownerOf(folder);
        if (owner == null && !output(List.of("unshare", "-U", "id", "-un")).isEmpty()) {
            return new Unprivileged(List.of("unshare", "-U"), null);
        }
        if (owner == null) {
            owner = output(List.of("id", "-u", "postgres"));
            owner = owner.isEmpty() ? output(List.of("id", "-u", "nobody")) : owner;
        }
        if (owner.isEmpty()) {
            throw new DatabaseException("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody':"
                    + " run this as an ordinary user.");
        }
        String group = output(List.of("id", "-g", owner));
        List<String> prefix = List.of(
                "setpriv", "--reuid=" + owner, "--regid=" + (group.isEmpty() ? owner : group), "--clear-groups");
        return new Unprivileged(prefix, owner);
    }

    /** Gives the folder to the user who will run the server, and checks that this user gets there. */
    void own(Path folder) {
        if (owner == null) {
            return;
        }
        output(List.of("chown", "-R", owner, folder.toString()));
        List<String> reach = new ArrayList<>(prefix);
        reach.addAll(List.of("test", "-w", folder.toString()));
        if (run(reach, Map.of(), null).code() != 0) {
            throw new DatabaseException(
                    "User " + owner + " cannot enter " + folder + ": set RETAIL_HOME to a folder whose"
                            + " parents other users may enter, or run this as an ordinary user.");
        }
    }

    /** Runs a program to its end; its output goes to {@code log}, or comes back. */
    Result run(List<String> command, @Nullable Path log) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return run(whole, Map.of("LC_ALL", "C", "TZ", "UTC"), log);
    }

    record Result(int code, String output) {}

    private static @Nullable String ownerOf(Path folder) {
        try {
            Object uid = Files.exists(folder) ? Files.getAttribute(folder, "unix:uid") : 0;
            return uid.equals(0) ? null : uid.toString();
        } catch (IOException e) {
            throw new DatabaseException("Cannot read the owner of " + folder, e);
        }
    }

    private static String output(List<String> command) {
        Result result = run(command, Map.of(), null);
        return result.code() == 0 ? result.output().strip() : "";
    }

    private static Result run(List<String> command, Map<String, String> environment, @Nullable Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        // A detached server inherits our output: give it a file, or whoever reads our pipe waits for the server's end.
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        if (log != null) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        try {
            Process process = builder.start();
            String output =
                    log == null ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DatabaseException(String.join(" ", command) + " does not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(String.join(" ", command), e);
        }
    }
}

package org.retailhub.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.retailhub.server.fault.FaultPoints;

/** The test's end of the fault points in the server's JVM: files in a folder, since the server's memory does not survive. */
final class FaultInjection {
    private final Path folder;
    private final Path script;
    private final Path helper;

    /** @param rules further Byteman rules, for negative controls; may be empty */
    FaultInjection(Path folder, String rules) {
        this.folder = folder;
        this.script = folder.resolve("rules.btm");
        this.helper = folder.resolve("fault-points.jar");
        try {
            Files.createDirectories(folder);
            try (InputStream in = FaultInjection.class.getResourceAsStream("/fault-points.btm")) {
                Files.writeString(script, new String(in.readAllBytes()) + "\n" + rules);
            }
            String name = FaultPoints.class.getName().replace('.', '/') + ".class";
            try (InputStream in = FaultPoints.class.getResourceAsStream("/" + name);
                    JarOutputStream jar = new JarOutputStream(Files.newOutputStream(helper))) {
                jar.putNextEntry(new JarEntry(name));
                in.transferTo(jar);
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the server's command line. */
    List<String> options() {
        String byteman = System.getProperty("retail.byteman");
        return List.of(
                "-javaagent:" + byteman + "=script:" + script + ",boot:" + byteman + ",boot:" + helper,
                "-Djboss.modules.system.pkgs=org.jboss.byteman," + FaultPoints.class.getPackageName(),
                "-Dorg.retailhub.server.faults=" + folder);
    }

    /** Every point that a thread with work has reached. */
    List<String> points() {
        return lines("points");
    }

    /** From the next point on, only what is reached from now on is known. */
    void forget() {
        try {
            Files.writeString(folder.resolve("forget"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM ends the nth time that the point is reached from now on. */
    void halt(String point, int nth) {
        arm(point, nth, "halt");
    }

    /** The first thread to reach the point from now on waits there. */
    void hold(String point) {
        arm(point, 1, "hold");
    }

    private void arm(String point, int nth, String action) {
        disarm();
        try {
            Path draft = folder.resolve("armed.new");
            Files.write(
                    draft,
                    List.of(
                            point,
                            Integer.toString(nth),
                            action,
                            UUID.randomUUID().toString()));
            Files.move(draft, folder.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether what was armed has happened. */
    boolean fired() {
        return Files.exists(folder.resolve("fired"));
    }

    /** Lets the held thread go. */
    void release() {
        try {
            Files.writeString(folder.resolve("released"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void disarm() {
        try {
            for (String each : List.of("armed", "fired", "released")) {
                Files.deleteIfExists(folder.resolve(each));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path)
                    ? Files.readAllLines(path).stream().distinct().sorted().toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

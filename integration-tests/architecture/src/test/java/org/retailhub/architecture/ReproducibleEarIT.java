package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds the same sources elsewhere, at another time and in another language, gets the same EAR, byte for byte. */
@Tag("deep")
class ReproducibleEarIT {
    private static final String EAR = "retail-ear/target/retail-hub.ear";

    @TempDir
    Path elsewhere;

    @Test
    void aSecondBuildInAnotherPlaceGivesTheSameBytes() throws IOException, InterruptedException {
        copySources();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("retail.maven"), "bin", "mvn").toString(),
                "-B",
                "-o",
                "-q",
                "-Dmaven.repo.local=" + System.getProperty("retail.repository"),
                "-DskipTests",
                "-Dspotless.check.skip",
                "-Duser.timezone=Pacific/Auckland",
                "-Duser.language=tr",
                "-pl",
                "retail-ear",
                "-am",
                "package"));
        Path log = elsewhere.resolve("build.log");
        Process build = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(build.waitFor(10, TimeUnit.MINUTES), "the build does not end");
        assertEquals(0, build.exitValue(), Files.readString(log));
        assertArrayEquals(
                Files.readAllBytes(Checkout.ROOT.resolve(EAR)),
                Files.readAllBytes(elsewhere.resolve(EAR)),
                "after a class was deleted or moved, say mvn clean first: its old one is still in target");
    }

    /** What git would check out, changes included. */
    private void copySources() throws IOException, InterruptedException {
        ProcessBuilder listing = new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard");
        listing.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process git = listing.directory(Checkout.ROOT.toFile()).start();
        try (Stream<String> files = git.inputReader().lines()) {
            for (String file : (Iterable<String>) files::iterator) {
                Path source = Checkout.ROOT.resolve(file);
                if (Files.isRegularFile(source)) {
                    Path copy = elsewhere.resolve(file);
                    Files.createDirectories(copy.getParent());
                    Files.copy(source, copy);
                }
            }
        }
        assertEquals(0, git.waitFor());
    }
}

package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule that every build applies, in a real build of a module that breaks it. */
class EnforcerIT {
    @TempDir
    Path scratch;

    @Test
    void stopsTheBuildOfATrespasser() throws IOException, InterruptedException {
        Path log = scratch.resolve("build.log");
        Process build = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("retail.maven"), "bin", "mvn")
                                .toString(),
                        "-B",
                        "-o",
                        "-Dmaven.repo.local=" + System.getProperty("retail.repository"),
                        "-Dspotless.check.skip",
                        "-f",
                        Checkout.ROOT
                                .resolve(
                                        "integration-tests/architecture/src/test/resources/bad-build/trespasser.pom.xml")
                                .toString(),
                        "validate"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(build.waitFor(2, TimeUnit.MINUTES), "the build does not end");
        String said = Files.readString(log);
        assertNotEquals(0, build.exitValue(), said);
        assertTrue(said.contains("org.retailhub:erp-impl:jar:0.1.0-SNAPSHOT <--- banned"), said);
    }
}

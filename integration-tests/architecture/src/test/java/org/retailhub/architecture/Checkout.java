package org.retailhub.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds what the fences stand between. Modules are discovered by their folders, never listed: a new one is fenced at once. */
final class Checkout {
    static final Path ROOT = Path.of(System.getProperty("retail.checkout", "../.."))
            .toAbsolutePath()
            .normalize();

    private Checkout() {}

    /** A folder of {@code modules} other than the platform, with an api jar, a WAR, or both. */
    record Module(String name, Path folder) {
        Path api() {
            return folder.resolve("api");
        }

        Path impl() {
            return folder.resolve("impl");
        }

        /** The parts that have code. */
        List<Path> parts() {
            return Stream.of(api(), impl())
                    .filter(part -> Files.exists(part.resolve("pom.xml")))
                    .toList();
        }

        boolean hasImpl() {
            return Files.exists(impl().resolve("pom.xml"));
        }
    }

    /** Two different modules; the fence keeps {@code from} out of {@code to}. */
    record Pair(Module from, Module to) {
        @Override
        public String toString() {
            return from.name() + " -> " + to.name();
        }
    }

    static List<Module> modules() {
        try (Stream<Path> folders = Files.list(ROOT.resolve("modules"))) {
            List<Module> found = folders.filter(folder -> !folder.endsWith("platform"))
                    .map(folder -> new Module(folder.getFileName().toString(), folder))
                    .filter(module -> !module.parts().isEmpty())
                    .sorted(java.util.Comparator.comparing(Module::name))
                    .toList();
            if (found.size() < 2) {
                throw new AssertionError("no pair of modules below " + ROOT.resolve("modules") + ": nothing to fence");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Pair> pairs() {
        List<Module> modules = modules();
        return modules.stream()
                .flatMap(from -> modules.stream().filter(to -> !to.equals(from)).map(to -> new Pair(from, to)))
                .toList();
    }

    static List<Path> platform() {
        return List.of(ROOT.resolve("modules/platform/kernel"), ROOT.resolve("modules/platform/runtime"));
    }

    /** Files of the product below a folder: what is built or unpacked does not count. */
    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> {
                        String inside = "/" + folder.relativize(file);
                        return !inside.contains("/target/") && !inside.contains("/.");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

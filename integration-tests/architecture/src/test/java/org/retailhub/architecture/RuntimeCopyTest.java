package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it costs that each WAR has a copy of the runtime: the figure behind decision 0003. */
class RuntimeCopyTest {
    private static final long MOST_KIB = 1_024;

    /** All classes of one more copy, linked and initialised. Code that the JIT makes of them and proxies are not in it. */
    @Test
    void oneMoreCopyTakesLessThanAMegabyte() throws IOException {
        Path code = Checkout.ROOT.resolve("modules/platform/runtime/target/classes");
        List<String> names = Checkout.files(code, ".class").stream()
                .map(file -> code.relativize(file).toString().replace('/', '.'))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .filter(name -> !name.endsWith("package-info"))
                .toList();
        assertTrue(names.size() > 40, "classes are found: " + names.size());
        try (URLClassLoader first = load(code, names)) {
            long before = usedKib();
            try (URLClassLoader second = load(code, names)) {
                long kib = usedKib() - before;
                System.out.printf("one more copy of the runtime: %d classes, %d KiB of metaspace%n", names.size(), kib);
                assertTrue(kib > 0 && kib < MOST_KIB, kib + " KiB");
            }
        }
    }

    private static URLClassLoader load(Path code, List<String> names) throws IOException {
        URLClassLoader copy =
                new URLClassLoader(new URL[] {code.toUri().toURL()}, RuntimeCopyTest.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        synchronized (getClassLoadingLock(name)) {
                            Class<?> own = findLoadedClass(name);
                            if (own == null && names.contains(name)) {
                                own = findClass(name);
                            }
                            return own == null ? super.loadClass(name, resolve) : own;
                        }
                    }
                };
        for (String name : names) {
            try {
                Class.forName(name, true, copy);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
        return copy;
    }

    private static long usedKib() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / 1_024;
    }
}

package org.retailhub.architecture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.retailhub.architecture.probe.ClassProbe;

/**
 * The built EAR with a probe in each WAR, and with nothing that would start: what is left is its class loaders, as the product's own
 * descriptor has them. It needs no database and no queue.
 */
final class ProbeEar {
    private static final String STRUCTURE = "META-INF/jboss-deployment-structure.xml";
    private static final String INERT = """
            <deployment>
              <exclude-subsystems>
                <subsystem name="weld"/><subsystem name="ejb3"/><subsystem name="jpa"/><subsystem name="jaxrs"/>
                <subsystem name="microprofile-openapi-smallrye"/><subsystem name="microprofile-health-smallrye"/>
              </exclude-subsystems>
            </deployment>
            """;

    private ProbeEar() {}

    /**
     * @param name of the application, and first part of each WAR's path
     * @param open the negative control: isolation is off and each WAR is given the others as dependencies. The first alone changes
     *     nothing, since a WAR is a class loader of its own by the specification
     */
    static Path write(Path product, Path folder, String name, boolean open) throws IOException {
        Path ear = folder.resolve(name + ".ear");
        byte[] changed = rewrite(Files.readAllBytes(product), (entry, content) -> change(entry, content, name, open));
        Files.write(ear, changed);
        return ear;
    }

    private static byte[] change(String entry, byte[] content, String name, boolean open) {
        if (entry.endsWith(".war")) {
            return addProbe(content);
        }
        if (entry.equals("META-INF/application.xml")) {
            return text(content)
                    .replace("<context-root>", "<context-root>/" + name)
                    .replaceAll("<application-name>[^<]*<", "<application-name>" + name + "<")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (entry.equals(STRUCTURE)) {
            String on = "<ear-subdeployments-isolated>true</ear-subdeployments-isolated>";
            String structure = text(content);
            if (!structure.contains(on)) {
                throw new AssertionError("the EAR does not isolate its modules: " + STRUCTURE);
            }
            String closed = structure.replace(on, on + INERT);
            return (open ? everybodySeesAll(closed.replace(on, on.replace("true", "false")), name) : closed)
                    .getBytes(StandardCharsets.UTF_8);
        }
        return content;
    }

    private static String everybodySeesAll(String structure, String name) {
        String result = structure;
        for (Checkout.Module from : Checkout.modules()) {
            StringBuilder others = new StringBuilder("<dependencies>");
            for (Checkout.Module to : Checkout.modules()) {
                if (!to.equals(from)) {
                    others.append("<module name=\"deployment." + name + ".ear." + to.name() + ".war\"/>");
                }
            }
            String war = "<sub-deployment name=\"" + from.name() + ".war\">";
            result = result.contains(war)
                    ? result.replaceFirst(war + "\\s*<dependencies>", war + others)
                    : result.replace(
                            "</jboss-deployment-structure>",
                            war + others + "</dependencies></sub-deployment></jboss-deployment-structure>");
        }
        return result;
    }

    private static byte[] addProbe(byte[] war) {
        try (InputStream probe = ClassProbe.class.getResourceAsStream("ClassProbe.class")) {
            byte[] code = probe.readAllBytes();
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(war));
                    ZipOutputStream out = new ZipOutputStream(result)) {
                for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                    put(out, each.getName(), in.readAllBytes());
                }
                put(out, "WEB-INF/classes/" + ClassProbe.class.getName().replace('.', '/') + ".class", code);
            }
            return result.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] rewrite(byte[] archive, BiFunction<String, byte[], byte[]> change) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
                ZipOutputStream out = new ZipOutputStream(result)) {
            for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                put(out, each.getName(), change.apply(each.getName(), in.readAllBytes()));
            }
        }
        return result.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}

package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What we ship is in the bill of materials, each foreign jar with the hash of the very bytes that are in the EAR. */
class BillOfMaterialsTest {
    private static final Path BILL = Checkout.ROOT.resolve("target/retail-hub.cdx.json");
    private static final Path EAR = Checkout.ROOT.resolve("retail-ear/target/retail-hub.ear");

    @Test
    void namesEveryJarOfTheEarAndItsLicence() throws IOException {
        assumeTrue(
                Files.exists(BILL),
                "an offline build makes no bill of materials: its plugin asks Maven Central for licences");
        Set<String> ours = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        List<String> unlicensed = new ArrayList<>();
        for (JsonNode part : new ObjectMapper().readTree(BILL.toFile()).path("components")) {
            if (part.path("group").asText().equals("org.retailhub")) {
                ours.add(part.path("name").asText());
                continue;
            }
            part.path("hashes").forEach(hash -> hashes.add(hash.path("content").asText()));
            if (part.path("licenses").isEmpty()) {
                unlicensed.add(part.path("purl").asText());
            }
        }
        assertTrue(ours.contains("retail-ear") && ours.size() > 10, "the whole build is in it: " + ours);
        assertEquals(List.of(), unlicensed, "foreign parts without a licence");
        List<String> unknown = new ArrayList<>();
        int[] seen = {0};
        jars(Files.readAllBytes(EAR), "", (name, bytes) -> {
            seen[0]++;
            String artifact =
                    name.substring(name.lastIndexOf('/') + 1).replaceAll("(-0\\.1\\.0-SNAPSHOT)?\\.[jw]ar$", "");
            boolean isOurs = Stream.of("", "-impl", "api-")
                    .anyMatch(affix -> ours.contains(affix.endsWith("-") ? affix + artifact : artifact + affix));
            if (!isOurs && !hashes.contains(sha256(bytes))) {
                unknown.add(name);
            }
        });
        assertTrue(seen[0] > 12, "jars are found in the EAR: " + seen[0]);
        assertEquals(List.of(), unknown, "in the EAR and not in the bill of materials");
    }

    private interface Found {
        void jar(String name, byte[] bytes);
    }

    private static void jars(byte[] archive, String place, Found found) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(archive);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".jar") || entry.getName().endsWith(".war")) {
                    byte[] inner = zip.readAllBytes();
                    found.jar(place + entry.getName(), inner);
                    jars(inner, place + entry.getName() + "!/", found);
                }
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The HTTPS listener that {@code wildfly-config/tls.sh} makes. Old protocols and weak ciphers are offered by a hello written byte by byte:
 * no library of today sends them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    private static final String PASSWORD = "key-store-of-tests";
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;
    private static final int ECDHE_RSA_AES_128_GCM = 0xc02f;

    /** Without forward secrecy, without authenticated encryption, broken, or no encryption at all. */
    private static final List<Integer> WEAK = List.of(
            0x0001, 0x0004, 0x0005, 0x000a, 0x002f, 0x0035, 0x003c, 0x009c, 0x0016, 0x0033, 0xc011, 0xc012, 0xc013,
            0xc014, 0xc027, 0xc028);

    private Hub hub;
    private World world;
    private Path keyStore;
    private int port;

    @BeforeAll
    void startWithACertificate() throws IOException {
        hub = Hub.withoutServer(new Hub.Variant("tls", text -> text, ""));
        keyStore = hub.home().resolve("hub.p12");
        port = Hub.freePort();
        makeCertificate();
        hub.listenWithTls();
        hub.environment("RETAIL_TLS_KEYSTORE", keyStore.toString());
        hub.environment("RETAIL_TLS_PASSWORD", PASSWORD);
        hub.environment("RETAIL_HTTPS_PORT", Integer.toString(port));
        hub.startServer();
        hub.makeOperatorKey();
        world = World.on(hub, "tls");
    }

    private void makeCertificate() {
        Hub.run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "hub",
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-validity",
                "30",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD));
    }

    @AfterAll
    void end() {
        hub.close();
    }

    @Test
    void anOrderComesByTls13AndByTls12() throws IOException, InterruptedException {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            HttpResponse<String> answer = client(protocol)
                    .send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + Shop.ORDERS))
                                    .header("X-API-Key", world.shop().key())
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            Order.of(World.CHANNEL, "by-" + protocol, World.sku(1))
                                                    .json()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer::body);
            assertEquals(protocol, answer.sslSession().orElseThrow().getProtocol());
            assertEquals(
                    "max-age=31536000",
                    answer.headers().firstValue("Strict-Transport-Security").orElse(""));
        }
    }

    /** As docs/runbooks/rotate.md says: the server does not end. */
    @Test
    void anotherCertificateIsServedWithoutARestart() throws IOException, InterruptedException {
        HttpClient trustsTheFirst = client("TLSv1.3");
        Files.delete(keyStore);
        makeCertificate();
        HttpRequest page = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/docs/"))
                .build();
        hub.management().execute(List.of("subsystem", "elytron", "key-store", "hub"), "load", Map.of());
        hub.management().execute(List.of("subsystem", "elytron", "key-manager", "hub"), "init", Map.of());
        assertEquals(
                200,
                client("TLSv1.3")
                        .send(page, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        assertThrows(
                SSLHandshakeException.class, () -> trustsTheFirst.send(page, HttpResponse.BodyHandlers.discarding()));
    }

    @Test
    void aStrangersCertificateIsNotTaken() {
        assertThrows(SSLHandshakeException.class, () -> HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/docs/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    /** So that the refusals below are for what is weak, and not for the hello. */
    @Test
    void theHelloWrittenByHandIsAnsweredWhenItOffersSomethingGood() {
        assertEquals(HANDSHAKE, answerTo(hello(TLS_1_2, List.of(ECDHE_RSA_AES_128_GCM))));
        assertEquals(HANDSHAKE, answerTo(hello(TLS_1_2, List.of(0x002f, ECDHE_RSA_AES_128_GCM))));
    }

    @Test
    void oldProtocolsAreRefused() {
        for (int version : List.of(0x0300, TLS_1_0, TLS_1_1)) {
            assertEquals(
                    ALERT, answerTo(hello(version, List.of(ECDHE_RSA_AES_128_GCM, 0xc013, 0xc014, 0x002f, 0x0035))));
        }
    }

    @Test
    void weakCiphersAreRefused() {
        for (int cipher : WEAK) {
            assertEquals(ALERT, answerTo(hello(TLS_1_2, List.of(cipher))), () -> Integer.toHexString(cipher));
        }
        assertEquals(ALERT, answerTo(hello(TLS_1_2, WEAK)));
    }

    @Test
    void clearTextAtTheTlsPortGetsNoPage() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: hub\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
            assertTrue(
                    !answer.contains("HTTP/1.1 2")
                            && !answer.toLowerCase(java.util.Locale.ROOT).contains("wildfly"),
                    answer);
        }
    }

    /** Keys do not cross a network in clear: with TLS, plain HTTP is for the machine itself. */
    @Test
    void plainHttpIsForThisMachineOnly() throws IOException {
        String xml = Files.readString(hub.home().resolve("server/configuration/standalone-full.xml"));
        assertTrue(
                xml.contains("<socket-binding name=\"http\" interface=\"management\""),
                "the plain listener is bound to loopback");
    }

    private HttpClient client(String protocol) {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("hub", store.getCertificate("hub"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .sslParameters(parameters)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The type of the first record that comes back; an end without one counts as a refusal as well. */
    private int answerTo(byte[] hello) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(hello);
            int first = socket.getInputStream().read();
            return first < 0 ? ALERT : first;
        } catch (IOException e) {
            return ALERT;
        }
    }

    /** A client's first message, RFC 5246: version, ciphers, curves and signatures of today. */
    private static byte[] hello(int version, List<Integer> ciphers) {
        byte[] extensions = record(out -> {
            out.write(new byte[] {0, 10, 0, 6, 0, 4, 0, 0x1d, 0, 0x17});
            out.write(new byte[] {0, 11, 0, 2, 1, 0});
            out.write(new byte[] {0, 13, 0, 10, 0, 8, 8, 4, 4, 1, 4, 3, 2, 1});
        });
        byte[] body = record(out -> {
            out.writeShort(version);
            out.write(new byte[32]);
            out.writeByte(0);
            out.writeShort(2 * ciphers.size());
            for (int cipher : ciphers) {
                out.writeShort(cipher);
            }
            out.write(new byte[] {1, 0});
            out.writeShort(extensions.length);
            out.write(extensions);
        });
        return record(out -> {
            out.writeByte(HANDSHAKE);
            out.writeShort(Math.min(version, TLS_1_0));
            out.writeShort(body.length + 4);
            out.writeInt(1 << 24 | body.length);
            out.write(body);
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] record(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] readAll(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}

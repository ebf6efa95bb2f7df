package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.domain.Asking.Answer;
import org.retailhub.channel.domain.Asking.Found;
import org.retailhub.channel.domain.Asking.Question;
import org.retailhub.channel.domain.Connection;

class AdminQuestionsTest {
    private static final Connection SHOP = new Connection(
            "shop", "acme", "shopify", "shop-eu", "acme.myshopify.com", "https://acme.myshopify.com/", true);

    private final AdminQuestions questions = new AdminQuestions();

    @Test
    void asksForWhatChangedAndForOneOrder() {
        assertEquals(
                "https://acme.myshopify.com/admin/api/2026-07/orders.json?status=any&order=updated_at+asc&limit=100"
                        + "&updated_at_min=2026-11-24T12%3A00%3A00Z",
                questions
                        .changedSince(SHOP, Instant.parse("2026-11-24T12:00:00Z"))
                        .uri()
                        .toString());
        assertEquals(
                "https://acme.myshopify.com/admin/api/2026-07/orders/820982911946154508.json",
                questions.one(SHOP, "order/820982911946154508").uri().toString());
        assertEquals("X-Shopify-Access-Token", questions.one(SHOP, "order/1").secretHeader());
    }

    @Test
    void asksForSmallerPagesDownToOne() {
        Question question = questions.changedSince(SHOP, Instant.parse("2026-11-24T12:00:00Z"));
        String first = question.uri().toString();
        List<String> limits = new ArrayList<>();
        for (; question != null; question = questions.smaller(question)) {
            limits.add(question.uri().toString().replaceFirst(".*[?&]limit=(\\d+).*", "$1"));
            assertEquals(
                    first.replace("limit=100", "limit=" + limits.get(limits.size() - 1)),
                    question.uri().toString());
        }
        assertEquals(List.of("100", "50", "25", "12", "6", "3", "1"), limits);
        assertNull(questions.smaller(questions.one(SHOP, "order/1")));
    }

    @Test
    void cutsOrdersOutAsTheyAre() {
        String first = "{\"id\":1, \"updated_at\":\"2026-11-24T13:00:00+01:00\",\"total\": 10.10, \"ü\":{\"a\":[1]} }";
        String second = "{\"id\":2,\"updated_at\":\"2026-11-24T12:00:01Z\"}";
        Answer.Page page = page(null, "{\"more\":[{}],\"orders\":[ " + first + " ,\n" + second + "]}");
        assertEquals(
                List.of("order/1", "order/2"),
                page.found().stream().map(Found::document).toList());
        assertArrayEquals(
                first.getBytes(StandardCharsets.UTF_8), page.found().get(0).body());
        assertArrayEquals(
                second.getBytes(StandardCharsets.UTF_8), page.found().get(1).body());
        assertEquals(Instant.parse("2026-11-24T12:00:00Z"), page.found().get(0).version());
        assertNull(page.next());
        assertEquals(1, page(null, "{\"order\":" + second + "}").found().size());
    }

    @Test
    void oneSickOrderDoesNotHideTheOthers() {
        Answer.Page page =
                page(null, "{\"orders\":[{\"id\":\"?\"},{\"id\":2,\"updated_at\":\"2026-11-24T12:00:01Z\"}]}");
        assertEquals(2, page.found().size());
        assertNull(page.found().get(0).version());
    }

    @Test
    void followsTheNextPageOnlyToWhereItAsked() {
        String good = "https://acme.myshopify.com/admin/api/2026-07/orders.json?limit=100&page_info=abc";
        assertEquals(
                good,
                page(
                                "<https://acme.myshopify.com/x>; rel=\"previous\", <" + good + ">; rel=\"next\"",
                                "{\"orders\":[]}")
                        .next()
                        .uri()
                        .toString());
        for (String bad : List.of(
                "https://evil.example/admin/api/2026-07/orders.json?page_info=abc",
                "http://acme.myshopify.com/admin/api/2026-07/orders.json?page_info=abc",
                "https://acme.myshopify.com@evil.example/admin/api/orders.json",
                "https://acme.myshopify.com:444/admin/api/2026-07/orders.json",
                "https://acme.myshopify.com/elsewhere",
                "https://acme.myshopify.com/admin/api/../../elsewhere",
                "not an address")) {
            assertInstanceOf(Answer.Failed.class, read(200, "<" + bad + ">; rel=\"next\"", "{\"orders\":[]}"), bad);
        }
    }

    @Test
    void understandsRefusalsAndRests() {
        assertEquals(
                Duration.ofMillis(1500),
                assertInstanceOf(Answer.Busy.class, busy("1.5")).retryAfter());
        assertEquals(
                Duration.ofSeconds(2),
                assertInstanceOf(Answer.Busy.class, busy(null)).retryAfter());
        assertEquals(
                Duration.ofSeconds(2),
                assertInstanceOf(Answer.Busy.class, busy("soon")).retryAfter());
        assertEquals(
                Duration.ofMinutes(5),
                assertInstanceOf(Answer.Busy.class, busy("1e300")).retryAfter());
        assertEquals(
                Duration.ofMinutes(5),
                assertInstanceOf(Answer.Busy.class, busy("-1")).retryAfter());
        assertInstanceOf(Answer.Gone.class, read(404, null, ""));
        assertInstanceOf(Answer.Failed.class, read(401, null, ""));
        assertInstanceOf(Answer.Failed.class, read(302, null, ""));
        assertInstanceOf(Answer.Failed.class, read(500, null, ""));
    }

    @Test
    void whatCannotBeReadIsAFailure() {
        for (String body :
                List.of("", "[]", "{\"orders\":[", "{\"orders\":[{\"id\":1}", "<html>", "{\"orders\":1e9}x")) {
            Answer answer = read(200, null, body);
            assertTrue(
                    answer instanceof Answer.Failed
                            || answer instanceof Answer.Page page
                                    && page.found().isEmpty(),
                    body + ": " + answer);
        }
        assertInstanceOf(
                Answer.Failed.class,
                questions.read(SHOP, 200, name -> null, "{\"orders\":[{\"id\":1}]}".getBytes(StandardCharsets.UTF_16)));
    }

    /** What is wrong goes to the log and to operators; whose order it is does not. */
    @Test
    void aFailureSaysWhereAndNotWhat() {
        Answer.Failed failed =
                assertInstanceOf(Answer.Failed.class, read(200, null, "{\"orders\":[{\"id\":1,\"email\":Albrecht}]}"));
        assertFalse(failed.why().contains("Albrecht"), failed.why());
        assertTrue(failed.why().contains("line 1, column "), failed.why());
    }

    private Answer busy(String retryAfter) {
        return questions.read(SHOP, 429, name -> name.equals("Retry-After") ? retryAfter : null, new byte[0]);
    }

    private Answer.Page page(String link, String body) {
        Answer answer = read(200, link, body);
        return assertInstanceOf(Answer.Page.class, answer, answer::toString);
    }

    private Answer read(int status, String link, String body) {
        return questions.read(
                SHOP, status, name -> name.equals("Link") ? link : null, body.getBytes(StandardCharsets.UTF_8));
    }
}

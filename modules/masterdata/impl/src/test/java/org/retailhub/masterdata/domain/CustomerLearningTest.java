package org.retailhub.masterdata.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.domain.CustomerLearning.Decision;
import org.retailhub.masterdata.domain.CustomerLearning.Verdict;

class CustomerLearningTest {
    private static final LookupHash HASHES = new LookupHash("k".repeat(32));
    private static final PersonalData BUYER = new PersonalData(
            "A. Buyer", "a@example.org", "+49 561 1", null, "Lindenstrasse 14", null, "Kassel", "34117", null, "DE");

    @Test
    void createsWhatIsNotKnownAndLeavesWhatIsTheSame() {
        Customer buyer = readable(BUYER, null);

        assertEquals(new Decision(Verdict.CREATED, List.of()), decide(null, buyer));
        assertEquals(new Decision(Verdict.UNCHANGED, List.of()), decide(buyer, readable(BUYER, null)));
    }

    @Test
    void namesTheFieldsThatChangeAndNotWhatIsInThem() {
        Customer moved = readable(
                new PersonalData("A. Buyer", "b@example.org", null, null, "Markt 1", null, "Bonn", "53111", null, "DE"),
                Block.FRAUD);

        assertEquals(
                new Decision(Verdict.UPDATED, List.of("block", "email", "phone", "line1", "city", "postalCode")),
                decide(readable(BUYER, null), moved));
    }

    @Test
    void seesAnotherAddressByItsHashAlone() {
        Customer before = Customer.of(content(BUYER, null), PersonalDataMode.HASH_ONLY, HASHES, "acme");
        PersonalData other =
                new PersonalData(null, "b@example.org", "+49 561 1", null, null, null, null, null, null, null);

        assertEquals(PersonalData.NONE, before.personal());
        assertEquals(
                List.of("email"),
                decide(before, Customer.of(content(other, null), PersonalDataMode.HASH_ONLY, HASHES, "acme"))
                        .changed());
    }

    @Test
    void whoWasErasedDoesNotComeBack() {
        Customer erased = new Customer("C-1", "BP-1", false, null, PersonalData.NONE, null, null, Instant.EPOCH);

        Decision decision = decide(erased, readable(BUYER, null));

        assertEquals(Verdict.ERASED, decision.verdict());
        assertFalse(decision.writes());
    }

    @Test
    void refusesOneTwiceInABatch() {
        List<Customer> twice = List.of(readable(BUYER, null), readable(BUYER, null));

        assertThrows(IllegalArgumentException.class, () -> CustomerLearning.decide(Map.of(), twice));
    }

    @Test
    void textFormsSayNothingOfThePerson() {
        Customer buyer = readable(BUYER, null);

        assertEquals("PersonalData[masked]", BUYER.toString());
        assertEquals("PersonalData[none]", PersonalData.NONE.toString());
        for (String text : List.of(buyer.toString(), content(BUYER, null).toString())) {
            for (String personal : List.of("Buyer", "example", "561", "Linden", "Kassel", "34117", buyer.emailHash())) {
                assertFalse(text.contains(personal), text);
            }
        }
    }

    private static Decision decide(Customer before, Customer next) {
        return CustomerLearning.decide(before == null ? Map.of() : Map.of("C-1", before), List.of(next))
                .get("C-1");
    }

    private static Customer readable(PersonalData personal, Block block) {
        return Customer.of(content(personal, block), PersonalDataMode.READABLE, HASHES, "acme");
    }

    private static CustomerContent content(PersonalData personal, Block block) {
        return new CustomerContent("C-1", "BP-1", true, block, personal);
    }
}

package org.retailhub.architecture.bad.alpha;

import jakarta.ejb.Stateless;
import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.alpha.api.Answers;

@Stateless
@Breaks("answersOutsideTheCallersTransaction")
public class JoiningBean implements Answers {
    @Override
    public String answer() {
        return "inside your transaction";
    }
}

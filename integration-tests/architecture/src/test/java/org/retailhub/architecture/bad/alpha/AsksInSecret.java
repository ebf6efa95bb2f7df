package org.retailhub.architecture.bad.alpha;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.beta.api.Question;

@Breaks("onlyImportsAsksOthers")
public class AsksInSecret {
    @EJB
    private Question question;

    @Resource(lookup = "java:/secret")
    private String secret;

    public String ask() throws NamingException {
        return question.answer() + secret + InitialContext.doLookup("java:/another");
    }
}

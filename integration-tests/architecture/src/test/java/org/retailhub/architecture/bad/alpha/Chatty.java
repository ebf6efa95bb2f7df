package org.retailhub.architecture.bad.alpha;

import java.util.logging.Logger;
import org.retailhub.architecture.Breaks;

@Breaks("logsThroughTheServersFacade")
public final class Chatty {
    public void talk(Exception failure) {
        System.out.println("hello");
        failure.printStackTrace();
        Logger.getLogger("chatty").info("hello");
    }
}

package org.retailhub.architecture.bad.alpha.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.retailhub.architecture.Breaks;

@Path("open")
@Breaks("everyDoorNamesItsScope")
public class OpenDoor {
    @GET
    public String all() {
        return "everything";
    }
}

package org.retailhub.architecture.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells whether the WAR that it lies in can load a class: 200 with the identity of that class, or 404. */
@WebServlet("/class-probe")
public class ClassProbe extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Class<?> found = Class.forName(
                    request.getParameter("name"), false, getClass().getClassLoader());
            response.setStatus(HttpServletResponse.SC_OK);
            response.getWriter().print(System.identityHashCode(found));
        } catch (ClassNotFoundException e) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.getWriter().print("not found");
        }
    }
}

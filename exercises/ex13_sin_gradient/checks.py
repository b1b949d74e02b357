from __future__ import annotations

import math

from grader import Inputs, Student, check, expect


@check("gradient_at(1.2, 3.4) is right", points=3)
def one_point(student: Student, inputs: Inputs) -> None:
    expect.close(student.gradient_at(1.2, 3.4), (1.48986, 0.262917), atol=1e-3)

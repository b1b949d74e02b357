# A course in a container: the students' kit, or the clone of an instructor. From the course's folder:
#
#   docker build -t course .
#   docker run --rm -it course grade ex13
#
# For an instructor's clone, with everything that it needs: --build-arg EXTRAS=[instructors]
# With CUDA: --build-arg TORCH_INDEX=https://pypi.org/simple
#
# Isolation: under Docker's own settings no user namespaces can be made, so work is graded at level no-namespaces where
# the host's kernel has Landlock (5.13 or later), and else at level basic; `grade doctor` says which. Level full takes
#
#   docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined
#
# which lets the container make namespaces as a program outside of it may, and a kernel that allows them to plain users.
FROM python:3.12-slim

ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ARG EXTRAS=[notebooks]

# System call filters, which confine what is graded.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 student

# First of all torch: it is most of the image, and does not change with the course.
# hadolint ignore=DL3013
RUN python -m pip install --no-cache-dir --quiet "torch>=2.10" torchvision --index-url "${TORCH_INDEX}"

WORKDIR /course
COPY --chown=student . .
RUN python -m pip install --no-cache-dir --quiet --editable ".${EXTRAS}"

USER 1000
CMD ["grade"]
